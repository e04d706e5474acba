namespace Scheduler.Solver;

/// <summary>The assignment that an earlier plan made. While a warm start is repaired, leaving it costs <see cref="SearchSettings.PerturbationShare"/> of the
/// request's value on top of the request's own move cost (minimal perturbation). This penalty guides the search and never enters the value of a
/// plan.</summary>
internal sealed class PreviousAssignment
{
    // Requests with a current assignment may wait for each other to leave. Four passes settle the chains that occur.
    private const int PassesOverCurrent = 4;
    private readonly Incumbent _incumbent;

    public PreviousAssignment(Incumbent incumbent)
    {
        _incumbent = incumbent;
        (Option, Seats) = (new int[incumbent.Option.Length], new int[incumbent.Option.Length]);
        Array.Fill(Option, -1);
    }

    /// <summary>The option that each unit had, −1 for none.</summary>
    public int[] Option { get; }

    /// <summary>The seats that each unit had there.</summary>
    public int[] Seats { get; }

    /// <summary>Whether the earlier plan served the request.</summary>
    public bool Has(int request) => _incumbent.FirstUnit[request] < _incumbent.FirstUnit[request + 1] && Option[_incumbent.FirstUnit[request]] >= 0;

    /// <summary>Whether the earlier plan used this option for the request.</summary>
    public bool Uses(int request, int option)
    {
        for (var unit = _incumbent.FirstUnit[request]; unit < _incumbent.FirstUnit[request + 1]; unit++)
        {
            if (Option[unit] == option)
                return true;
        }
        return false;
    }

    /// <summary>The penalty when the whole request takes this option instead of its previous one; 0 for a request that had none.</summary>
    public double PerturbationPenalty(int request, int option) =>
        Has(request) && !Uses(request, option) ? SearchSettings.PerturbationShare * Math.Abs(_incumbent.Table.Value[request]) : 0;

    /// <summary>Records one more part of the request. Does nothing when the request has no unit left.</summary>
    public void Add(int request, int option, int seats)
    {
        for (var unit = _incumbent.FirstUnit[request]; unit < _incumbent.FirstUnit[request + 1]; unit++)
        {
            if (Option[unit] >= 0)
                continue;
            (Option[unit], Seats[unit]) = (option, seats);
            return;
        }
    }

    /// <summary>Restores the previous assignment in the incumbent as far as there is room.</summary>
    /// <param name="onlyMandatory">True to restore only mandatory requests.</param>
    public void Apply(bool onlyMandatory)
    {
        var (incumbent, table) = (_incumbent, _incumbent.Table);
        // Requests with a current assignment go first: the earlier plan may have moved them, and their places must be free for others.
        for (var (any, pass) = (!onlyMandatory, 0); any && pass < PassesOverCurrent; pass++)
        {
            any = false;
            for (var r = 0; r < table.Requests; r++)
                any |= table.Service[r] == ServiceClass.Current && Has(r) && Move(r);
        }
        for (var unit = 0; unit < Option.Length; unit++)
        {
            var (r, option, seats) = (incumbent.UnitRequest[unit], Option[unit], Seats[unit]);
            if (option < 0 || (onlyMandatory && table.Service[r] != ServiceClass.Mandatory))
                continue;
            if (table.Service[r] != ServiceClass.Current && incumbent.Option[unit] < 0 && seats <= incumbent.UnservedSeats[r] && IsAllowed(r, option, seats)
                && incumbent.Usage.Fits(r, option, seats))
                incumbent.Place(unit, option, seats);
        }
    }

    /// <summary>Moves a request with a current assignment to where the earlier plan had moved it, in the same parts, when there is room. Returns whether it
    /// moved.</summary>
    private bool Move(int r)
    {
        var incumbent = _incumbent;
        var (first, end, size) = (incumbent.FirstUnit[r], incumbent.FirstUnit[r + 1], incumbent.Table.Size[r]);
        var (from, sum) = (incumbent.Option[first], 0L);
        for (var part = first; part < end; part++)
            sum += Seats[part];
        if (from < 0 || incumbent.Seats[first] != size || sum != size || (Option[first] == from && Seats[first] == size))
            return false;
        incumbent.Remove(first);
        var unit = first;
        for (; unit < end && Option[unit] >= 0 && IsAllowed(r, Option[unit], Seats[unit]) && incumbent.Usage.Fits(r, Option[unit], Seats[unit]); unit++)
            incumbent.Place(unit, Option[unit], Seats[unit]);
        if (incumbent.IsServed(r))
            return true;
        while (unit-- > first)
            incumbent.Remove(unit);
        incumbent.Place(first, from, size);
        return false;
    }

    /// <summary>Whether the part is the whole request or no smaller than today's smallest part, and no other part of the request uses the option. Two
    /// candidates of the earlier instance may have become one.</summary>
    private bool IsAllowed(int r, int option, int seats)
    {
        var table = _incumbent.Table;
        return (seats == table.Size[r] || (table.IsSplit(r) && seats >= table.MinPart[r]))
            && !_incumbent.Option.AsSpan(_incumbent.FirstUnit[r]..(_incumbent.FirstUnit[r + 1])).Contains(option);
    }
}
