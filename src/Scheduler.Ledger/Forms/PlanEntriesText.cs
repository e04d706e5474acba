using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The entries of a plan as the file <see cref="PlanFileKind.Entries"/>: JSON, compressed by gzip.</summary>
public static class PlanEntriesText
{
    /// <summary>The bytes of the file.</summary>
    public static ImmutableArray<byte> Write(ImmutableArray<PlanEntry> entries) =>
        Compress(JsonSerializer.SerializeToUtf8Bytes([.. entries.Select(PlanForms.Of)], FormsJson.Default.PlanEntryFormArray));

    /// <summary>The entries of a file, in their order.</summary>
    public static ImmutableArray<PlanEntry> Read(ImmutableArray<byte> file) =>
        [.. JsonSerializer.Deserialize(Expand(file), FormsJson.Default.PlanEntryFormArray)!.Select(PlanForms.Entry)];

    /// <summary>Compresses a file of a plan.</summary>
    public static ImmutableArray<byte> Compress(ReadOnlySpan<byte> file)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(file);
        return [.. packed.GetBuffer().AsSpan(0, (int)packed.Length)];
    }

    /// <summary>The content of a compressed file.</summary>
    public static byte[] Expand(ImmutableArray<byte> file)
    {
        using var gzip = new GZipStream(new MemoryStream([.. file], writable: false), CompressionMode.Decompress);
        var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
