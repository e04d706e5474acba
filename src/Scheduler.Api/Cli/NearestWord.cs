namespace Scheduler.Api;

/// <summary>Finds the known word that is nearest to a mistyped word.</summary>
internal static class NearestWord
{
    /// <summary>The known word with the fewest letters to change (Levenshtein 1966), without regard to case; the first of several.</summary>
    public static string Of(string word, IEnumerable<string> known) =>
        known.MinBy(candidate => Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant()))!;

    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var changed = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[to.Length];
    }
}
