namespace Scheduler.Solver;

/// <summary>Where an earlier plan had things. Leaving such a place counts as a loss of <see cref="StayShare"/> of the request's value while a warm start is mended (beside its
/// own move cost): a plan that people already know changes only for something that is worth it. It never enters the plan's value.</summary>
internal sealed class Homes
{
    /// <summary>What a move must bring at least, as a share of the value of what moves: the move price of the research's re-solve.</summary>
    public const double StayShare = 0.05;
    private readonly Incumbent _incumbent;

    public Homes(Incumbent incumbent)
    {
        _incumbent = incumbent;
        (Option, Seats) = (new int[incumbent.Option.Length], new int[incumbent.Option.Length]);
        Array.Fill(Option, -1);
    }

    /// <summary>By unit: where the earlier plan had it, −1 for nowhere.</summary>
    public int[] Option { get; }

    /// <summary>By unit: how many seats it had there.</summary>
    public int[] Seats { get; }

    public bool Has(int request) => _incumbent.FirstUnit[request] < _incumbent.FirstUnit[request + 1] && Option[_incumbent.FirstUnit[request]] >= 0;

    public bool Is(int request, int option)
    {
        for (var unit = _incumbent.FirstUnit[request]; unit < _incumbent.FirstUnit[request + 1]; unit++)
        {
            if (Option[unit] == option)
                return true;
        }
        return false;
    }

    /// <summary>What it counts that the whole of a request stays.</summary>
    public double Stay(int request) => StayShare * Math.Abs(_incumbent.Table.Value[request]);

    /// <summary>What it counts that the whole of a request stands in this option rather than at home; 0 for what has no home.</summary>
    public double Away(int request, int option) => Has(request) && !Is(request, option) ? Stay(request) : 0;

    /// <summary>Notes one more place of the request; without effect when it has no more units.</summary>
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
}
