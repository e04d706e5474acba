using System.IO.Compression;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Unpacks a compressed file within limits. The sizes that the file itself names are not believed: the bytes are counted while they are unpacked.
/// </summary>
internal static class ZipParts
{
    /// <summary>Whether the file can be unpacked within the limits; false with a fault.</summary>
    public static bool Check(string file, byte[] bytes, List<ImportFileFault> faults) => Read(file, bytes, static _ => false, faults) is not null;

    /// <summary>The parts whose names are wanted; null with a fault when the file is no compressed file, or too large when unpacked.</summary>
    public static List<ImportFile>? Read(string file, byte[] bytes, Func<string, bool> isWanted, List<ImportFileFault> faults)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false));
            if (zip.Entries.Count > ImportLimits.Files)
            {
                faults.Add(new(file, "parts", PageText.Plain(ImportLimits.Files)));
                return null;
            }

            var (parts, left) = (new List<ImportFile>(), ImportLimits.UnpackedBytes);
            foreach (var entry in zip.Entries)
            {
                using var part = entry.Open();
                var body = isWanted(entry.Name) ? new MemoryStream() : null;
                if (!Copy(part, body, ref left))
                {
                    faults.Add(new(file, "unpacked", PageText.Plain(ImportLimits.UnpackedBytes / (1024 * 1024))));
                    return null;
                }

                if (body is not null)
                    parts.Add(new(entry.Name, body.ToArray()));
            }

            return parts;
        }
        catch (InvalidDataException)
        {
            faults.Add(new(file, "zip"));
            return null;
        }
    }

    private static bool Copy(Stream part, Stream? body, ref int left)
    {
        var buffer = new byte[32 * 1024];
        for (var read = part.Read(buffer); read > 0; read = part.Read(buffer))
        {
            left -= read;
            if (left < 0)
                return false;
            body?.Write(buffer, 0, read);
        }

        return true;
    }
}
