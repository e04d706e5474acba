namespace Scheduler.Solver;

/// <summary>Yesterday's plan as the start of today's: what it served and still fits stays served, and stays where it is unless a move is worth a twentieth of the
/// value of what moves (beside its own move cost). Its prices are the start of today's; a plan straight from <see cref="PlanSolver"/> carries them in full, one from a file as
/// <see cref="Plan.ShadowPrices"/>. Refining and sharing are left out.</summary>
/// <param name="Instance">The instance that the plan answered.</param>
/// <param name="Plan">The plan.</param>
public sealed record WarmStart(Instance Instance, Plan Plan)
{
    /// <summary>How near the prices that come with it are.</summary>
    internal Warmth Warmth => Plan.Multipliers is null ? Warmth.Prices : Warmth.Multipliers;

    /// <summary>Puts the old prices beside their rows, and finds where the old plan's rows are in today's season.</summary>
    internal Homes Open(Season season, Incumbent incumbent, Prices prices)
    {
        (Plan.Multipliers ?? Multipliers.Of(Plan.ShadowPrices)).Apply(season, prices);
        var (requests, homes) = (season.Instance.Requests, new Homes(incumbent));
        var old = new Dictionary<string, Request>(Instance.Requests.Count);
        foreach (var request in Instance.Requests)
            old.TryAdd(request.Id, request);
        var index = new Dictionary<string, int>(requests.Count);
        for (var r = 0; r < requests.Count; r++)
            index.Add(requests[r].Id, r);
        foreach (var row in Plan.Assignments)
        {
            if (!index.TryGetValue(row.Request, out var r) || !old.TryGetValue(row.Request, out var was) || (uint)row.Candidate >= (uint)was.Candidates.Count)
                continue;
            var option = Find(season, r, was, row.Candidate);
            if (option < 0)
                continue;
            // What was served whole is so in its new size; parts keep theirs.
            var (size, wasWhole) = (season.Table.Size[r], row.Seats == WholeOf(season, r, was));
            homes.Add(r, option, wasWhole ? size : Math.Min(row.Seats, size));
        }
        return homes;
    }

    /// <summary>Puts what the old plan served back into its places, as far as there is room.</summary>
    internal static void Place(Incumbent incumbent, Homes homes, bool onlyMandatory)
    {
        var table = incumbent.Table;
        // What sits goes first, for relief may have put it elsewhere this time, where others stood; one may have to wait for another to leave.
        for (var (any, turn) = (!onlyMandatory, 0); any && turn < 4; turn++)
        {
            any = false;
            for (var r = 0; r < table.Requests; r++)
                any |= table.Duty[r] == Duty.Sits && homes.Has(r) && Move(incumbent, homes, r);
        }
        for (var unit = 0; unit < homes.Option.Length; unit++)
        {
            var (r, option, seats) = (incumbent.UnitRequest[unit], homes.Option[unit], homes.Seats[unit]);
            if (option < 0 || (onlyMandatory && table.Duty[r] != Duty.Mandatory))
                continue;
            if (table.Duty[r] != Duty.Sits && incumbent.Option[unit] < 0 && seats <= incumbent.Left[r] && MayHave(incumbent, r, option, seats)
                && incumbent.Usage.Fits(r, option, seats))
                incumbent.Place(unit, option, seats);
        }
    }

    /// <summary>What sits today goes where the old plan had moved it, in parts if it was in parts, if there is room; whether it did.</summary>
    private static bool Move(Incumbent incumbent, Homes homes, int r)
    {
        var (first, end, size) = (incumbent.FirstUnit[r], incumbent.FirstUnit[r + 1], incumbent.Table.Size[r]);
        var (from, sum) = (incumbent.Option[first], 0L);
        for (var part = first; part < end; part++)
            sum += homes.Seats[part];
        if (from < 0 || incumbent.Seats[first] != size || sum != size || (homes.Option[first] == from && homes.Seats[first] == size))
            return false;
        incumbent.Remove(first);
        var unit = first;
        for (; unit < end && homes.Option[unit] >= 0 && MayHave(incumbent, r, homes.Option[unit], homes.Seats[unit])
            && incumbent.Usage.Fits(r, homes.Option[unit], homes.Seats[unit]); unit++)
            incumbent.Place(unit, homes.Option[unit], homes.Seats[unit]);
        if (incumbent.IsServed(r))
            return true;
        while (unit-- > first)
            incumbent.Remove(unit);
        incumbent.Place(first, from, size);
        return false;
    }

    /// <summary>Whether that is the whole or a part as large as parts must be today, by a candidate that no other part has: of two alike in the old instance, one may be gone.</summary>
    private static bool MayHave(Incumbent incumbent, int r, int option, int seats)
    {
        var table = incumbent.Table;
        return (seats == table.Size[r] || (table.IsSplit(r) && seats >= table.MinPart[r]))
            && !incumbent.Option.AsSpan(incumbent.FirstUnit[r]..incumbent.FirstUnit[r + 1]).Contains(option);
    }

    private static int WholeOf(Season season, int r, Request was) =>
        ReferenceEquals(was.Candidates, season.Instance.Requests[r].Candidates) ? season.Table.Size[r] : PlanChecker.Size(was);

    /// <summary>Today's option for an old candidate: at the same position, or of the same pool, start and seats; −1 when it is gone or can no longer fit.</summary>
    private static int Find(Season season, int r, Request was, int position)
    {
        var (table, candidate) = (season.Table, was.Candidates[position]);
        var now = CandidateSpan.Of(season.Instance.Requests[r]);
        var first = table.FirstOption[r];
        var at = Array.BinarySearch(table.Candidate, first, table.FirstOption[r + 1] - first, position);
        if (at >= 0 && IsSame(now[position], candidate))
            return at;
        for (var option = first; option < table.FirstOption[r + 1]; option++)
        {
            ref readonly var other = ref now[table.Candidate[option]];
            if (IsSame(other, candidate) && other.Seats.SequenceEqual(candidate.Seats))
                return option;
        }
        return -1;
    }

    private static bool IsSame(in Candidate one, in Candidate two) => one.Start == two.Start && one.Pool == two.Pool;
}

/// <summary>What a solve starts from.</summary>
internal enum Warmth
{
    /// <summary>Nothing.</summary>
    Cold,

    /// <summary>A plan with the shadow prices of its file.</summary>
    Prices,

    /// <summary>A plan with its prices in full.</summary>
    Multipliers,
}
