namespace Scheduler.Api;

/// <summary>How many lines for names a printed page of the day sheet has.</summary>
internal static class SheetPages
{
    /// <summary>The lines of one page.</summary>
    public const int LinesOfPage = 30;

    /// <summary>The lines of the further pages of a sitting, each page with its first and its last line.</summary>
    public static IEnumerable<(int First, int Last)> Further(int seats)
    {
        for (var first = LinesOfPage + 1; first <= seats; first += LinesOfPage)
            yield return (first, Math.Min(seats, first + LinesOfPage - 1));
    }
}
