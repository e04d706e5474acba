using System.IO.Compression;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Checks that a compressed file can be unpacked within limits. The sizes that the file itself names are not believed: the bytes are counted while they are
/// unpacked.
/// </summary>
internal static class ZipParts
{
    /// <summary>Whether the file can be unpacked within the limits; false with a fault when it is no compressed file, or too large when unpacked.</summary>
    public static bool Check(string file, byte[] bytes, List<ImportFileFault> faults)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false));
            if (zip.Entries.Count > ImportLimits.Files)
            {
                faults.Add(new(file, "parts", PageText.Plain(ImportLimits.Files)));
                return false;
            }

            if (IsWithin(zip, ImportLimits.UnpackedBytes))
                return true;
            faults.Add(new(file, "unpacked", PageText.Plain(ImportLimits.UnpackedBytes / (1024 * 1024))));
            return false;
        }
        catch (InvalidDataException)
        {
            faults.Add(new(file, "zip"));
            return false;
        }
    }

    private static bool IsWithin(ZipArchive zip, int left)
    {
        var buffer = new byte[32 * 1024];
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            for (var read = part.Read(buffer); read > 0; read = part.Read(buffer))
            {
                left -= read;
                if (left < 0)
                    return false;
            }
        }

        return true;
    }
}
