namespace Scheduler.Solver;

/// <summary>Places of one request in an <see cref="OpenSeason"/>: what they add above capacity, and the parts of a request that may be split.</summary>
/// <param name="incumbent">The plan that is changed.</param>
/// <param name="price">Seats that one machine slot must serve to be worth adding.</param>
internal sealed class OpenPlaces(Incumbent incumbent, double price)
{
    private readonly OptionTable _table = incumbent.Table;
    private readonly long[] _free = incumbent.Usage.Free;

    /// <summary>Takes the request out of the plan.</summary>
    public void Remove(int r)
    {
        for (var unit = incumbent.FirstUnit[r]; unit < incumbent.FirstUnit[r + 1]; unit++)
        {
            if (incumbent.Option[unit] >= 0)
                incumbent.Remove(unit);
        }
    }

    /// <summary>Whether serving the request by the option is worth its cost. What must be served is served at any cost.</summary>
    public bool IsWorthwhile(int r, int option) => _table.Service[r] != ServiceClass.Optional || _table.NetValue[option] > 0;

    /// <summary>Whether the limit of the institution has room for so many seats.</summary>
    public bool LimitFits(int r, int option, int seats)
    {
        if (_table.SecondRow[option] < 0)
            return true;
        foreach (var run in _table.Runs(r, option))
        {
            var amount = OptionTable.PartAmount(run.Amount, seats, _table.Size[r]);
            for (var row = run.Second; row < run.SecondEnd; row++)
            {
                if (_free[row] < amount)
                    return false;
            }
        }
        return true;
    }

    /// <summary>Machine slots that so many seats of the request add to what is above capacity already.</summary>
    public long AddedSlots(int r, int option, int seats)
    {
        var added = 0L;
        foreach (var run in _table.Runs(r, option))
        {
            var amount = OptionTable.PartAmount(run.Amount, seats, _table.Size[r]);
            for (var row = run.First; row < run.End; row++)
                added += Math.Max(0, amount - Math.Max(0, _free[row]));
        }
        return added;
    }

    /// <summary>Places a request that may be split in parts: the largest that fit first, then the rest where it adds the fewest machine slots. Returns the
    /// seats left unserved plus the price of the slots added.</summary>
    public double Place(int r)
    {
        var (left, least, unit) = (_table.Size[r], _table.MinPart[r], incumbent.FirstUnit[r]);
        for (; unit < incumbent.FirstUnit[r + 1] && left >= least; unit++)
        {
            var (option, seats) = Largest(r, left, least);
            if (option < 0)
                break;
            incumbent.Place(unit, option, seats);
            left -= seats;
        }
        return left == 0 ? 0 : AddRest(r, left, unit);
    }

    private (int Option, int Seats) Largest(int r, int left, int least)
    {
        var (best, most) = (-1, 0);
        for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1] && most < left; option++)
        {
            var seats = incumbent.Usage.Room(r, option, left);
            // The rest must be large enough for a part of its own.
            if (seats < left && left - seats < least)
                seats = left - least;
            if (seats >= least && seats > most && IsWorthwhile(r, option) && !IsUsed(r, option))
                (best, most) = (option, seats);
        }
        return (best, most);
    }

    /// <summary>Puts the rest into a new part, or into a part that is there, or leaves it unserved.</summary>
    private double AddRest(int r, int left, int free)
    {
        var (best, bestOption, bestCost) = (-1, -1, (double)left);
        if (free < incumbent.FirstUnit[r + 1] && left >= _table.MinPart[r])
        {
            for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
            {
                if (price * AddedSlots(r, option, left) is var cost && cost < bestCost && IsWorthwhile(r, option) && !IsUsed(r, option)
                    && LimitFits(r, option, left))
                    (best, bestOption, bestCost) = (free, option, cost);
            }
        }
        for (var unit = incumbent.FirstUnit[r]; unit < free; unit++)
        {
            var (option, seats) = (incumbent.Option[unit], incumbent.Seats[unit]);
            incumbent.Remove(unit);
            if (price * AddedSlots(r, option, seats + left) is var cost && cost < bestCost && LimitFits(r, option, seats + left))
                (best, bestOption, bestCost) = (unit, option, cost);
            incumbent.Place(unit, option, seats);
        }
        if (best < 0)
            return bestCost;
        var part = left;
        if (incumbent.Option[best] >= 0)
        {
            part += incumbent.Seats[best];
            incumbent.Remove(best);
        }
        incumbent.Place(best, bestOption, part);
        return bestCost;
    }

    private bool IsUsed(int r, int option) => incumbent.Option.AsSpan(incumbent.FirstUnit[r]..(incumbent.FirstUnit[r + 1])).Contains(option);
}
