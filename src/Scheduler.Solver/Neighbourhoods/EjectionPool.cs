namespace Scheduler.Solver;

/// <summary>Serves the last requests of a component (ejection pool with penalties, Nagata and Bräysy 2009). An unserved request ejects the units with the least
/// sum of penalties that stand in the way of one of its options; they become unserved and are inserted next. A request that found no room gets a greater
/// penalty, so that it is ejected less often. Some requests then change to other options at random. The plan with the most value is kept.</summary>
internal sealed class EjectionPool
{
    private readonly Incumbent _incumbent;
    private readonly OptionTable _table;
    private readonly SearchScope _scope;
    private readonly Prices _none;
    private readonly int[] _penalty;
    private readonly List<int> _pool = [];
    private readonly List<int> _inWay = [];
    private readonly List<int> _best = [];
    private SplitMix64 _random;

    public EjectionPool(Incumbent incumbent, SearchScope scope, SplitMix64 random)
    {
        (_incumbent, _table, _scope, _random, _none) = (incumbent, incumbent.Table, scope, random, new Prices(incumbent.Table));
        _penalty = new int[_table.Requests];
        Array.Fill(_penalty, 1);
        for (var at = 0; at < scope.Unserved; at++)
            _pool.Add(scope.UnservedAt(at));
    }

    /// <summary>Makes at most so many insertions. The best plan is in the incumbent afterwards.</summary>
    public void Run(int steps, StopSignal stop)
    {
        var (loss, plan) = (Loss(), Snapshot());
        var least = loss;
        for (var step = 0; step < steps && _pool.Count > 0 && !stop.IsSet; step++)
        {
            var request = _pool[^1];
            _pool.RemoveAt(_pool.Count - 1);
            if (!Insert.Run(_incumbent, _none, request, 0, ref _random) || !_incumbent.IsServed(request))
                Force(request);
            Perturb();
            if (Loss() is var now && now < least)
                (least, plan) = (now, Snapshot());
        }
        if (Loss() > least || (least < loss && Loss() >= loss))
            Restore(plan);
    }

    /// <summary>Inserts the request into the option with the least penalty in its way.</summary>
    private void Force(int request)
    {
        _penalty[request]++;
        for (var unit = _incumbent.FirstUnit[request]; unit < _incumbent.FirstUnit[request + 1]; unit++)
        {
            if (_incumbent.Option[unit] >= 0)
                _incumbent.Remove(unit);
        }
        var (first, count) = (_table.FirstOption[request], _table.FirstOption[request + 1] - _table.FirstOption[request]);
        var (best, least) = (-1, int.MaxValue);
        for (var look = 0; look < Math.Min(count, SearchSettings.OptionsOfEjection); look++)
        {
            var option = count <= SearchSettings.OptionsOfEjection ? first + look : first + _random.NextBelow(count);
            var sum = PenaltyInWay(request, option, least);
            if (sum >= least)
                continue;
            (best, least) = (option, sum);
            _best.Clear();
            _best.AddRange(_inWay);
        }
        if (best < 0)
        {
            _pool.Insert(0, request);
            return;
        }
        foreach (var unit in _best)
        {
            // Parts of a split request leave together, so that every request is in the pool once.
            var ejected = _incumbent.UnitRequest[unit];
            if (_incumbent.Option[unit] < 0)
                continue;
            for (var part = _incumbent.FirstUnit[ejected]; part < _incumbent.FirstUnit[ejected + 1]; part++)
            {
                if (_incumbent.Option[part] >= 0)
                    _incumbent.Remove(part);
            }
            _pool.Add(ejected);
        }
        _incumbent.Place(_incumbent.FirstUnit[request], best, _table.Size[request]);
    }

    /// <summary>The sum of penalties of units whose seats make room for the option; they are in <see cref="_inWay"/>. Not below <paramref name="most"/> when
    /// there are none.</summary>
    private int PenaltyInWay(int request, int option, int most)
    {
        _inWay.Clear();
        var sum = 0;
        foreach (var run in _table.Runs(request, option))
        {
            if (!Clear(request, run.First, run.End, run.Amount, most, ref sum) || !Clear(request, run.Second, run.SecondEnd, run.Amount, most, ref sum))
                return int.MaxValue;
        }
        return sum;
    }

    private bool Clear(int request, int first, int end, long amount, int most, ref int sum)
    {
        for (var row = first; row < end; row++)
        {
            while (amount > _incumbent.Usage.Free[row] + Freed(row))
            {
                var unit = Lightest(row, request);
                if (unit < 0 || (sum += _penalty[_incumbent.UnitRequest[unit]]) >= most)
                    return false;
                _inWay.Add(unit);
            }
        }
        return true;
    }

    /// <summary>Seats that the units in the way take in the row.</summary>
    private long Freed(int row)
    {
        var freed = 0L;
        foreach (var unit in _inWay)
            freed += Amount(unit, row);
        return freed;
    }

    private long Amount(int unit, int row)
    {
        var (request, option) = (_incumbent.UnitRequest[unit], _incumbent.Option[unit]);
        foreach (var run in _table.Runs(request, option))
        {
            if ((row >= run.First && row < run.End) || (row >= run.Second && row < run.SecondEnd))
                return OptionTable.PartAmount(run.Amount, _incumbent.Seats[unit], _table.Size[request]);
        }
        return 0;
    }

    /// <summary>A unit in the row with little penalty per seat, not yet in the way; −1 when there is none.</summary>
    private int Lightest(int row, int request)
    {
        var (best, least) = (-1, double.PositiveInfinity);
        if (row < _table.FirstRows)
        {
            for (var from = _table.ReachFrom[row]; from <= row; from++)
            {
                for (var unit = _incumbent.FirstIn(from); unit >= 0; unit = _incumbent.Next(unit))
                    Consider(unit, row, ref best, ref least);
            }
            return best;
        }
        foreach (var member in _scope.Members(_table.Group[request]))
        {
            if (_table.Component[member] != _scope.Component)
                continue;
            for (var unit = _incumbent.FirstUnit[member]; unit < _incumbent.FirstUnit[member + 1]; unit++)
            {
                if (_incumbent.Option[unit] >= 0)
                    Consider(unit, row, ref best, ref least);
            }
        }
        return best;
    }

    private void Consider(int unit, int row, ref int best, ref double least)
    {
        var request = _incumbent.UnitRequest[unit];
        // A current assignment is never dropped.
        if (_table.Service[request] == ServiceClass.Current || _inWay.Contains(unit) || Amount(unit, row) is not (> 0 and var amount))
            return;
        var measure = _penalty[request] * (0.5 + _random.NextDouble()) / amount;
        if (measure < least)
            (best, least) = (unit, measure);
    }

    /// <summary>Some requests change to another option that fits.</summary>
    private void Perturb()
    {
        for (var count = 0; count < SearchSettings.PerturbationsOfPool; count++)
        {
            var request = _scope.Requests[_random.NextBelow(_scope.Requests.Length)];
            var unit = _incumbent.FirstUnit[request];
            if (_incumbent.Option[unit] is not (>= 0 and var before) || _incumbent.Seats[unit] != _table.Size[request])
                continue;
            var (first, options, seats) = (_table.FirstOption[request], _table.FirstOption[request + 1] - _table.FirstOption[request], _incumbent.Seats[unit]);
            var option = first + _random.NextBelow(options);
            _incumbent.Remove(unit);
            _incumbent.Place(unit, _incumbent.Usage.Fits(request, option, seats) ? option : before, seats);
        }
    }

    private double Loss() => _pool.Sum(request => _table.Value[request] * (1 - _incumbent.ServedShare(request)));

    private List<(int Unit, int Option, int Seats)> Snapshot()
    {
        var plan = new List<(int, int, int)>();
        foreach (var request in _scope.Requests)
        {
            for (var unit = _incumbent.FirstUnit[request]; unit < _incumbent.FirstUnit[request + 1]; unit++)
                plan.Add((unit, _incumbent.Option[unit], _incumbent.Seats[unit]));
        }
        return plan;
    }

    private void Restore(List<(int Unit, int Option, int Seats)> plan)
    {
        foreach (var (unit, _, _) in plan)
        {
            if (_incumbent.Option[unit] >= 0)
                _incumbent.Remove(unit);
        }
        foreach (var (unit, option, seats) in plan)
        {
            if (option >= 0)
                _incumbent.Place(unit, option, seats);
        }
    }
}
