using System.Globalization;

namespace Scheduler.Ledger;

/// <summary>The public id of a change: its committer and its number among that committer's changes. The id stays the same after a crash.</summary>
internal static class ChangeId
{
    public static string Of(ChangeRef change) => string.Create(CultureInfo.InvariantCulture, $"{change.Committer}-{change.Sequence}");
}
