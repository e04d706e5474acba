using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Local search in one component: destroy and repair (ruin and recreate, Schrimpf et al. 2000; Christiaens and Vanden Berghe 2020) with ejection
/// chains. A step forces a request into one of its options and ejects the units in its way, or removes a few units near one row. The removed requests form
/// the request bank; each is inserted again where it fits best, and may eject others in turn. So relocation, insertion, swap and ejection chains are all
/// steps of one kind. Steps are accepted by simulated annealing; a rejected step is undone. No step loses a current assignment or mandatory value.</summary>
internal sealed class ComponentSearch
{
    private const int StepsBetweenPolls = 256;
    private readonly Incumbent _incumbent;
    private readonly OptionTable _table;
    private readonly SearchScope _scope;
    private readonly Prices _prices;
    private readonly StepLog _log;
    private readonly EjectionSelector _ejection;
    private readonly List<int> _requestBank = [];
    private readonly List<double> _keys = [];
    private readonly int[] _locked;
    private int _step;
    private SplitMix64 _random;

    public ComponentSearch(Incumbent incumbent, SearchScope scope, Prices prices, int[] locked, SplitMix64 random)
    {
        (_incumbent, _table, _scope, _prices, _locked, _random) = (incumbent, incumbent.Table, scope, prices, locked, random);
        _ejection = new EjectionSelector(incumbent, scope, prices, locked);
        _log = new StepLog(incumbent, scope.Bonus, scope.KeepsServed);
    }

    /// <summary>Makes so many steps; the temperature falls evenly from the first value to the second.</summary>
    public void Run(int steps, double from, double to, StopSignal stop)
    {
        for (var at = 0; at < steps; at++)
        {
            if (at % StepsBetweenPolls == 0 && stop.IsSet)
                return;
            var temperature = from + ((to - from) * at / steps);
            Step(temperature);
        }
    }

    private void Step(double temperature)
    {
        DestroyAndRepair();
        var (mandatory, value, isLost) = _log.Change();
        var isBetter = mandatory > 0 || (mandatory >= 0 && value >= -temperature * -Math.Log(1 - _random.NextDouble()));
        if (isLost || !isBetter)
        {
            _log.Undo();
            return;
        }
        _scope.UpdateUnserved(_log.Touched, _incumbent);
    }

    private void DestroyAndRepair()
    {
        _step++;
        _log.Begin();
        _requestBank.Clear();
        var request = SelectRequest();
        if (request < 0)
            return;
        _ejection.Rule = (EjectionRule)_random.NextBelow(EjectionSelector.Rules);
        var priceWeight = _random.NextBelow(4) switch { 0 => 0.0, 1 => 0.5, _ => 1.0 };
        var ejections = SearchSettings.MostEjected;
        if (_random.NextBelow(100) < SearchSettings.ForceShare)
        {
            RemoveUnits(request);
            if (!ForceInsert(request, ref ejections))
                _requestBank.Add(request);
        }
        else
        {
            Destroy(request);
        }
        AddUnservedNearby(request);
        Repair(priceWeight, ref ejections);
    }

    /// <summary>The request of the step: an unserved one as often as the scope says, else any.</summary>
    private int SelectRequest()
    {
        if (_scope.Unserved > 0 && _random.NextBelow(100) < _scope.UnservedShare)
            return _scope.UnservedAt(_random.NextBelow(_scope.Unserved));
        return _scope.Requests.Length == 0 ? -1 : _scope.Requests[_random.NextBelow(_scope.Requests.Length)];
    }

    private void RemoveUnits(int request)
    {
        for (var unit = _incumbent.FirstUnit[request]; unit < _incumbent.FirstUnit[request + 1]; unit++)
        {
            if (_incumbent.Option[unit] >= 0)
                _log.Remove(unit);
        }
    }

    /// <summary>Inserts the request into one of its options and ejects the units in its way into the request bank. Returns whether it is placed.</summary>
    private bool ForceInsert(int request, ref int ejections)
    {
        var option = SelectOption(request);
        var unit = _incumbent.FreeUnit(request);
        if (unit < 0 || option < 0)
            return false;
        var seats = _incumbent.UnservedSeats[request];
        if (seats < _table.MinPart[request])
            return false;
        while (!_incumbent.Usage.Fits(request, option, seats))
        {
            var ejected = ejections-- > 0 ? _ejection.SelectForOption(request, option, seats, _step, ref _random) : -1;
            if (ejected < 0)
                return false;
            _requestBank.Add(_incumbent.UnitRequest[ejected]);
            _log.Remove(ejected);
        }
        _log.Place(unit, option, seats);
        _locked[unit] = _step;
        return true;
    }

    /// <summary>Of two drawn options the one with the greater reduced value; −1 when it is already in use or worth nothing.</summary>
    private int SelectOption(int request)
    {
        var (first, count) = (_table.FirstOption[request], _table.FirstOption[request + 1] - _table.FirstOption[request]);
        var one = first + _random.NextBelow(count);
        var two = first + _random.NextBelow(count);
        var option = _table.NetValue[one] - _prices.Cost(request, one) >= _table.NetValue[two] - _prices.Cost(request, two) ? one : two;
        if (_table.NetValue[option] <= 0 && _table.Service[request] == ServiceClass.Optional)
            return -1;
        for (var unit = _incumbent.FirstUnit[request]; unit < _incumbent.FirstUnit[request + 1]; unit++)
        {
            if (_incumbent.Option[unit] == option)
                return -1;
        }
        return option;
    }

    /// <summary>Removes the request and a few units near it.</summary>
    private void Destroy(int request)
    {
        var (option, first, end) = (_incumbent.Option[_incumbent.FirstUnit[request]], _table.FirstOption[request], _table.FirstOption[request + 1]);
        if (option < 0)
            option = first + _random.NextBelow(end - first);
        RemoveUnits(request);
        _requestBank.Add(request);
        if (_table.Profiles.Span[_table.Profile[option]] == 0)
            return;
        var row = _table.Row[option] + _random.NextBelow(_table.Profiles.Span[_table.Profile[option]]);
        for (var count = 1 + _random.NextBelow(SearchSettings.DestroySize); count > 0; count--)
        {
            var ejected = _ejection.SelectInRow(row, _step, ref _random);
            if (ejected < 0)
                break;
            _requestBank.Add(_incumbent.UnitRequest[ejected]);
            _log.Remove(ejected);
        }
    }

    /// <summary>Adds a few unserved requests near the request of the step.</summary>
    private void AddUnservedNearby(int request)
    {
        for (var count = 0; count < 3; count++)
        {
            var near = _scope.UnservedNear(request, ref _random, _incumbent);
            if (near >= 0 && !_requestBank.Contains(near))
                _requestBank.Add(near);
        }
    }

    /// <summary>Inserts the request bank in a drawn order: by size, by value, by value per seat and row, or at random. A request without room may eject
    /// others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Repair(double priceWeight, ref int ejections)
    {
        var order = _random.NextBelow(4);
        SortRequestBank(order);
        for (var at = 0; at < _requestBank.Count; at++)
        {
            var request = _requestBank[at];
            _log.Record(request);
            if (_incumbent.IsServed(request))
                continue;
            Insert.Run(_incumbent, _prices, request, priceWeight, ref _random);
            if (_incumbent.IsServed(request) || ejections <= 0 || _requestBank.Count > 2 * SearchSettings.MostEjected || _random.NextBelow(3) != 0)
                continue;
            ForceInsert(request, ref ejections);
        }
    }

    /// <summary>Whether the first request is inserted after the second: optional requests after the others, then by key.</summary>
    private bool IsAfter(int one, double oneKey, int two, double twoKey)
    {
        var (isOptional, isOtherOptional) = (_table.Service[one] == ServiceClass.Optional, _table.Service[two] == ServiceClass.Optional);
        return isOptional == isOtherOptional ? oneKey > twoKey : isOptional;
    }

    private void SortRequestBank(int order)
    {
        _keys.Clear();
        foreach (var request in _requestBank)
        {
            var noise = 0.8 + (0.4 * _random.NextDouble());
            var first = _table.FirstOption[request];
            var key = order switch
            {
                0 => -_table.Size[request] * noise,
                1 => -_table.NetValue[first] * noise,
                2 => -_table.NetValue[first] * noise / Math.Max(1, _table.Size[request] * Math.Max(1, _table.Profiles.Span[_table.Profile[first]])),
                _ => noise,
            };
            _keys.Add(key);
        }
        // Insertion sort: a dozen entries, and equal keys keep their order.
        for (var at = 1; at < _requestBank.Count; at++)
        {
            var (request, key, to) = (_requestBank[at], _keys[at], at);
            for (; to > 0 && IsAfter(_requestBank[to - 1], _keys[to - 1], request, key); to--)
                (_requestBank[to], _keys[to]) = (_requestBank[to - 1], _keys[to - 1]);
            (_requestBank[to], _keys[to]) = (request, key);
        }
    }
}
