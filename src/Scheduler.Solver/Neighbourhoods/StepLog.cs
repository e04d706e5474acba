namespace Scheduler.Solver;

/// <summary>What one step changed, so that it can be judged and undone.</summary>
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

    /// <summary>Notes how the request stands, before its first change in this step.</summary>
    public void Watch(int request)
    {
        if (_touched.Contains(request))
            return;
        _touched.Add(request);
        for (var unit = incumbent.FirstUnit[request]; unit < incumbent.FirstUnit[request + 1]; unit++)
            _before.Add((unit, incumbent.Option[unit], incumbent.Seats[unit]));
    }

    public void Remove(int unit)
    {
        Watch(incumbent.UnitRequest[unit]);
        incumbent.Remove(unit);
    }

    public void Place(int unit, int option, int seats)
    {
        Watch(incumbent.UnitRequest[unit]);
        incumbent.Place(unit, option, seats);
    }

    /// <summary>Change in mandatory value and in net value (owners' bonus included), and whether something that sits (or, where that is asked, anything served) was lost.</summary>
    public (double Mandatory, double Value, bool IsLost) Change()
    {
        var (mandatory, value, isLost) = (0.0, 0.0, false);
        var table = incumbent.Table;
        foreach (var (unit, option, seats) in _before)
        {
            var request = incumbent.UnitRequest[unit];
            var (now, nowSeats) = (incumbent.Option[unit], incumbent.Seats[unit]);
            if (now == option && (now < 0 || nowSeats == seats))
                continue;
            var size = Math.Max(1, table.Size[request]);
            var (was, becomes) = (option < 0 ? 0.0 : Share(seats, size), now < 0 ? 0.0 : Share(nowSeats, size));
            value += (now < 0 ? 0 : table.Worth[now] * becomes) - (option < 0 ? 0 : table.Worth[option] * was);
            if (incumbent.Homes is { } homes)
                value += (option < 0 ? 0 : homes.Away(request, option) * was) - (now < 0 ? 0 : homes.Away(request, now) * becomes);
            if (bonus is not null)
                value += bonus[request] * (becomes - was);
            if (table.Duty[request] == Duty.Mandatory)
                mandatory += table.Value[request] * (becomes - was);
            isLost |= option >= 0 && !incumbent.IsServed(request) && (keepsServed || table.Duty[request] == Duty.Sits);
        }
        return (mandatory, value, isLost);
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

    private static double Share(int seats, int size) => seats == 0 ? 1 : seats / (double)size;
}
