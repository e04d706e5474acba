using System.Globalization;

namespace Scheduler.Solver;

/// <summary>An earlier plan as the start of a solve. A request that the plan served stays served where it still fits. It stays in its place unless a move
/// gains at least a twentieth of its value, its own move cost already paid. Assignments are matched by request id, pool and start. The plan's prices are the
/// first prices: a plan straight from <see cref="PlanSolver"/> carries all of them, a plan from a file only <see cref="Plan.ShadowPrices"/>. Refining and
/// sharing are left out.</summary>
/// <param name="Plan">The plan. An assignment without pool and start is ignored (see <see cref="FirstFault"/>).</param>
public sealed record WarmStart(Plan Plan)
{
    internal WarmStartKind Kind => Plan.Multipliers is null ? WarmStartKind.ShadowPrices : WarmStartKind.Multipliers;

    /// <summary>The first assignment without pool and start, with its place in the file; null when a warm start can match all.</summary>
    /// <param name="plan">Any plan.</param>
    public static string? FirstFault(Plan plan)
    {
        for (var row = 0; row < plan.Assignments.Count; row++)
        {
            if (plan.Assignments[row].Pool is null || plan.Assignments[row].Start is null)
                return string.Create(CultureInfo.InvariantCulture, $"assignments[{row}]: a warm start needs the fields \"pool\" and \"start\"");
        }
        return null;
    }

    /// <summary>Copies the old prices to the rows of the season, and finds the old assignments among its options.</summary>
    internal PreviousAssignment Match(Season season, Incumbent incumbent, Prices prices)
    {
        (Plan.Multipliers ?? Multipliers.Of(Plan.ShadowPrices)).Apply(season, prices);
        var (requests, previous) = (season.Instance.Requests, new PreviousAssignment(incumbent));
        var index = new Dictionary<string, int>(requests.Count);
        for (var r = 0; r < requests.Count; r++)
            index.Add(requests[r].Id, r);
        // Old parts per request; a request that was not served in full counts as one more.
        var parts = new Dictionary<string, int>(requests.Count);
        foreach (var id in Plan.Assignments.Select(row => row.Request).Concat(Plan.Unserved.Where(row => row.Seats > 0).Select(row => row.Request)))
            parts[id] = parts.GetValueOrDefault(id) + 1;
        foreach (var row in Plan.Assignments)
        {
            if (!index.TryGetValue(row.Request, out var r) || Find(season, previous, r, row) is not (>= 0 and var option))
                continue;
            // A request that one candidate served whole is restored whole, in its new size. Parts keep their sizes.
            previous.Add(r, option, parts[row.Request] == 1 ? season.Table.Size[r] : Math.Min(row.Seats, season.Table.Size[r]));
        }
        return previous;
    }

    /// <summary>The option of the request with the row's pool and start that no other old part has; −1 when there is none any more. Where several have that
    /// pool and start (with other profiles), the one with the row's index is preferred, then the first.</summary>
    private static int Find(Season season, PreviousAssignment previous, int r, in Assignment row)
    {
        if (row.Pool is null || row.Start is null)
            return -1;
        var candidates = CandidateSpan.Of(season.Instance.Requests[r]);
        var (table, found) = (season.Table, -1);
        for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
        {
            var k = table.Candidate[option];
            if (!row.IsAt(candidates[k]) || previous.Uses(r, option))
                continue;
            if (k == row.Candidate)
                return option;
            found = found < 0 ? option : found;
        }
        return found;
    }
}
