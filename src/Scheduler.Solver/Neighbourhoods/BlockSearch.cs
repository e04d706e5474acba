using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Local search in one block: ruin and recreate (Schrimpf et al. 2000; Christiaens and Vanden Berghe 2020) with ejection chains. A step forces a request
/// into one of its options, evicting what is in the way, or just empties a few places; then everything homeless is put back where it fits best, forcing
/// others out in turn. So relocation, insertion, eviction, swap and chains are all steps of one kind. Accepted like simulated annealing; a refused step is undone.
/// Neither what sits today nor what is mandatory is ever lost by a step.</summary>
internal sealed class BlockSearch
{
    private const int MostEvicted = 12;

    // Per cent of steps that force their request in; most units that an emptying step takes out beside its request.
    private const int ForceShare = 60;
    private const int RuinSize = 8;
    private readonly Incumbent _incumbent;
    private readonly OptionTable _table;
    private readonly SearchScope _scope;
    private readonly Prices _prices;
    private readonly StepLog _log;
    private readonly Victims _victims;
    private readonly List<int> _homeless = [];
    private readonly List<double> _keys = [];
    private readonly int[] _locked;
    private int _step;
    private Dice _dice;

    public BlockSearch(Incumbent incumbent, SearchScope scope, Prices prices, int[] locked, Dice dice)
    {
        (_incumbent, _table, _scope, _prices, _locked, _dice) = (incumbent, incumbent.Table, scope, prices, locked, dice);
        _victims = new Victims(incumbent, scope, prices, locked);
        _log = new StepLog(incumbent, scope.Bonus, scope.KeepsServed);
    }

    /// <summary>Makes so many steps at a temperature that falls from one value to the other.</summary>
    public void Run(int steps, double from, double to, StopSignal stop)
    {
        for (var at = 0; at < steps; at++)
        {
            if ((at & 255) == 0 && stop.IsSet)
                return;
            var temperature = from + ((to - from) * at / steps);
            Step(temperature);
        }
    }

    private void Step(double temperature)
    {
        Try();
        var (mandatory, value, isLost) = _log.Change();
        if (_scope.CountsMandatory)
            (mandatory, value) = (0, mandatory);
        var isBetter = mandatory > 1e-9 || (mandatory >= -1e-9 && value >= -temperature * -Math.Log(1 - _dice.Share()));
        if (isLost || !isBetter)
        {
            _log.Undo();
            return;
        }
        _scope.Settle(_log.Touched, _incumbent);
    }

    /// <summary>Makes one step.</summary>
    private void Try()
    {
        _step++;
        _log.Begin();
        _homeless.Clear();
        var request = Seed();
        if (request < 0)
            return;
        _victims.Rule = (VictimRule)_dice.Below(4);
        var weight = _dice.Below(4) switch { 0 => 0.0, 1 => 0.5, _ => 1.0 };
        var budget = MostEvicted;
        if (_dice.Below(100) < ForceShare)
        {
            Release(request);
            if (!Force(request, ref budget))
                _homeless.Add(request);
        }
        else
        {
            Empty(request);
        }
        AddWaiting(request);
        Recreate(weight, ref budget);
    }

    /// <summary>What the step is about: something unserved half of the time, else something served.</summary>
    private int Seed()
    {
        if (_scope.Unserved > 0 && _dice.Below(100) < _scope.UnservedShare)
            return _scope.UnservedAt(_dice.Below(_scope.Unserved));
        return _scope.Requests.Length == 0 ? -1 : _scope.Requests[_dice.Below(_scope.Requests.Length)];
    }

    /// <summary>Takes every unit of the request out.</summary>
    private void Release(int request)
    {
        for (var unit = _incumbent.FirstUnit[request]; unit < _incumbent.FirstUnit[request + 1]; unit++)
        {
            if (_incumbent.Option[unit] >= 0)
                _log.Remove(unit);
        }
    }

    /// <summary>Puts the request into one of its options, evicting what is in the way; what is evicted becomes homeless.</summary>
    private bool Force(int request, ref int budget)
    {
        var option = Draw(request);
        var unit = _incumbent.FreeUnit(request);
        if (unit < 0 || option < 0)
            return false;
        var seats = _incumbent.Left[request];
        if (seats < _table.MinPart[request])
            return false;
        while (!_incumbent.Usage.Fits(request, option, seats))
        {
            var victim = budget-- > 0 ? _victims.For(request, option, seats, _step, ref _dice) : -1;
            if (victim < 0)
                return false;
            _homeless.Add(_incumbent.UnitRequest[victim]);
            _log.Remove(victim);
        }
        _log.Place(unit, option, seats);
        _locked[unit] = _step;
        return true;
    }

    /// <summary>One of the request's options, the better of two draws by worth less price; a used option of a split request is not drawn.</summary>
    private int Draw(int request)
    {
        var (first, count) = (_table.FirstOption[request], _table.FirstOption[request + 1] - _table.FirstOption[request]);
        var one = first + _dice.Below(count);
        var two = first + _dice.Below(count);
        var option = _table.Worth[one] - _prices.Cost(request, one) >= _table.Worth[two] - _prices.Cost(request, two) ? one : two;
        if (_table.Worth[option] <= 0 && _table.Duty[request] == Duty.Free)
            return -1;
        for (var unit = _incumbent.FirstUnit[request]; unit < _incumbent.FirstUnit[request + 1]; unit++)
        {
            if (_incumbent.Option[unit] == option)
                return -1;
        }
        return option;
    }

    /// <summary>Takes the request and a few that stand near it out.</summary>
    private void Empty(int request)
    {
        var unit = _incumbent.FirstUnit[request];
        var option = _incumbent.Option[unit] >= 0 ? _incumbent.Option[unit] : _table.FirstOption[request] + _dice.Below(_table.FirstOption[request + 1] - _table.FirstOption[request]);
        Release(request);
        _homeless.Add(request);
        if (_table.Profiles.Span[_table.Profile[option]] == 0)
            return;
        var row = _table.Row[option] + _dice.Below(_table.Profiles.Span[_table.Profile[option]]);
        for (var count = 1 + _dice.Below(RuinSize); count > 0; count--)
        {
            var victim = _victims.In(row, _step, ref _dice);
            if (victim < 0)
                break;
            _homeless.Add(_incumbent.UnitRequest[victim]);
            _log.Remove(victim);
        }
    }

    /// <summary>Adds a few requests that wait unserved near the place where the step works.</summary>
    private void AddWaiting(int request)
    {
        for (var count = 0; count < 3; count++)
        {
            var near = _scope.UnservedNear(request, ref _dice, _incumbent);
            if (near >= 0 && !_homeless.Contains(near))
                _homeless.Add(near);
        }
    }

    /// <summary>Puts the homeless back in a drawn order: by worth per seat and row, by size, or as they come. Who finds no room may force others out once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Recreate(double weight, ref int budget)
    {
        var order = _dice.Below(4);
        SortHomeless(order);
        for (var at = 0; at < _homeless.Count; at++)
        {
            var request = _homeless[at];
            _log.Watch(request);
            if (_incumbent.IsServed(request))
                continue;
            Insert.Run(_incumbent, _prices, request, weight, ref _dice);
            if (_incumbent.IsServed(request) || budget <= 0 || _homeless.Count > 2 * MostEvicted || _dice.Below(3) != 0)
                continue;
            Force(request, ref budget);
        }
    }

    private void SortHomeless(int order)
    {
        _keys.Clear();
        foreach (var request in _homeless)
        {
            var noise = 0.8 + (0.4 * _dice.Share());
            var first = _table.FirstOption[request];
            var key = order switch
            {
                0 => -_table.Size[request] * noise,
                1 => -_table.Worth[first] * noise,
                2 => -_table.Worth[first] * noise / Math.Max(1, _table.Size[request] * Math.Max(1, _table.Profiles.Span[_table.Profile[first]])),
                _ => noise,
            };
            _keys.Add(_table.Duty[request] == Duty.Free ? key : key - 1e15);
        }
        // Insertion sort: a dozen entries, and equal keys keep their order.
        for (var at = 1; at < _homeless.Count; at++)
        {
            var (request, key, to) = (_homeless[at], _keys[at], at);
            for (; to > 0 && _keys[to - 1] > key; to--)
                (_homeless[to], _keys[to]) = (_homeless[to - 1], _keys[to - 1]);
            (_homeless[to], _keys[to]) = (request, key);
        }
    }
}
