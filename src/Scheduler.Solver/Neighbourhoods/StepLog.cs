namespace Scheduler.Solver;

/// <summary>Records what one step changed, so that the step can be evaluated and undone.</summary>
internal sealed class StepLog(Incumbent incumbent, double[]? bonus, bool keepsServed = false)
{
    private readonly List<(int Unit, int Option, int Seats)> _before = [];
    private readonly List<int> _touched = [];

    /// <summary>Requests that the step touched, each once.</summary>
    public IReadOnlyList<int> Touched => _touched;

    public void Begin()
    {
        _before.Clear();
        _touched.Clear();
    }

    /// <summary>Records the units of the request before their first change in this step.</summary>
    public void Record(int request)
    {
        if (_touched.Contains(request))
            return;
        _touched.Add(request);
        for (var unit = incumbent.FirstUnit[request]; unit < incumbent.FirstUnit[request + 1]; unit++)
            _before.Add((unit, incumbent.Option[unit], incumbent.Seats[unit]));
    }

    public void Remove(int unit)
    {
        Record(incumbent.UnitRequest[unit]);
        incumbent.Remove(unit);
    }

    public void Place(int unit, int option, int seats)
    {
        Record(incumbent.UnitRequest[unit]);
        incumbent.Place(unit, option, seats);
    }

    /// <summary>Change in mandatory value and in net value, bonuses and perturbation penalties included, and whether a current assignment was lost (with
    /// the flag <c>keepsServed</c>, any served request).</summary>
    public (double Mandatory, double Value, bool IsLost) Change()
    {
        var (mandatory, value, isLost) = (0.0, 0.0, false);
        var (mandatoryMagnitude, magnitude) = (0.0, 0.0);
        var table = incumbent.Table;
        foreach (var (unit, option, seats) in _before)
        {
            var request = incumbent.UnitRequest[unit];
            var (now, nowSeats) = (incumbent.Option[unit], incumbent.Seats[unit]);
            if (now == option && (now < 0 || nowSeats == seats))
                continue;
            var size = Math.Max(1, table.Size[request]);
            var (was, becomes) = (option < 0 ? 0.0 : Share(seats, size), now < 0 ? 0.0 : Share(nowSeats, size));
            var (after, earlier) = (now < 0 ? 0 : table.NetValue[now] * becomes, option < 0 ? 0 : table.NetValue[option] * was);
            value += after - earlier;
            magnitude += Math.Abs(after) + Math.Abs(earlier);
            if (incumbent.Previous is { } previous)
            {
                var before = option < 0 ? 0 : previous.PerturbationPenalty(request, option) * was;
                var penalty = now < 0 ? 0 : previous.PerturbationPenalty(request, now) * becomes;
                value += before - penalty;
                magnitude += before + penalty;
            }
            if (bonus is not null)
            {
                value += bonus[request] * (becomes - was);
                magnitude += Math.Abs(bonus[request]);
            }
            if (table.Service[request] == ServiceClass.Mandatory)
            {
                mandatory += table.Value[request] * (becomes - was);
                mandatoryMagnitude += Math.Abs(table.Value[request]);
            }
            isLost |= option >= 0 && !incumbent.IsServed(request) && (keepsServed || table.Service[request] == ServiceClass.Current);
        }
        // Ten operations make each unit's term.
        var terms = 10L + (4L * _before.Count);
        return (Rounded(mandatory, terms, mandatoryMagnitude), Rounded(value, terms, magnitude), isLost);
    }

    public void Undo()
    {
        foreach (var (unit, option, seats) in _before)
        {
            if (incumbent.Option[unit] >= 0 && (incumbent.Option[unit] != option || incumbent.Seats[unit] != seats))
                incumbent.Remove(unit);
        }
        foreach (var (unit, option, seats) in _before)
        {
            if (option >= 0 && incumbent.Option[unit] < 0)
                incumbent.Place(unit, option, seats);
        }
    }

    /// <summary>The sum, or 0 when rounding alone may have made it.</summary>
    private static double Rounded(double sum, long terms, double magnitude) => Math.Abs(sum) <= Rounding.OfSum(terms, magnitude) ? 0 : sum;

    private static double Share(int seats, int size) => seats == 0 ? 1 : seats / (double)size;
}
