using System.Globalization;

namespace Scheduler.Ledger;

/// <summary>The public id of a change: its committer and its number among that committer's changes. The id stays the same after a crash.</summary>
internal static class ChangeId
{
    public static string Of(ChangeRef change) => string.Create(CultureInfo.InvariantCulture, $"{change.Committer}-{change.Sequence}");

    /// <summary>Parses an id. Returns null for a text that is no id of a change.</summary>
    public static ChangeRef? Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && int.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var committer)
            && long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            && Of(new(committer, sequence)) == text ? new(committer, sequence) : null;
    }
}
