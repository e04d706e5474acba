using System.Collections.Immutable;
using System.Text;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The requests of an opening in the order of their lots, as the file <see cref="PlanFileKind.Lots"/>: one id a line, compressed by gzip.</summary>
public static class LotsText
{
    /// <summary>The bytes of the file.</summary>
    public static ImmutableArray<byte> Write(ImmutableArray<RequestId> order) => PlanEntriesText.Compress(Encoding.ASCII.GetBytes(string.Join('\n', order)));

    /// <summary>The requests of a file, in their order.</summary>
    public static ImmutableArray<RequestId> Read(ImmutableArray<byte> file) =>
    [
        .. Encoding.ASCII.GetString(PlanEntriesText.Expand(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => new RequestId(Guid.Parse(id))),
    ];
}
