namespace Scheduler.Solver;

/// <summary>Serves requests in an <see cref="OpenSeason"/> at a price per machine slot that has to be added: the least Σ unserved seats + price × machine
/// slots. Simulated annealing with the heat bath (Geman and Geman 1984): a step takes one request out and draws one of its options, the better ones more
/// likely, or leaves the request unserved. Limits of institutions always hold.</summary>
internal sealed class ExcessSearch
{
    private const double Coldest = 0.3;
    private const int Groups = 16;
    private readonly Incumbent _incumbent;
    private readonly OptionTable _table;
    private readonly int[] _order;
    private readonly OpenPlaces _places;
    private readonly double _price;
    private SplitMix64 _random;

    /// <param name="incumbent">The plan to improve. It may overfill rows of pools.</param>
    /// <param name="price">Seats that one machine slot must serve to be worth adding; above 0.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    public ExcessSearch(Incumbent incumbent, double price, long seed)
    {
        (_incumbent, _table, _price) = (incumbent, incumbent.Table, price);
        _random = SplitMix64.ForStream(seed, 7_000, Groups);
        _order = [.. Enumerable.Range(0, _table.Requests).Where(r => _table.FirstOption[r + 1] > _table.FirstOption[r])];
        _places = new OpenPlaces(incumbent, price);
    }

    /// <summary>Runs the rounds, the last two without heat.</summary>
    /// <param name="rounds">Steps of each request.</param>
    /// <param name="hottest">The first temperature, in machine slots.</param>
    /// <param name="stop">Ends the work early.</param>
    public void Run(int rounds, double hottest, StopSignal stop)
    {
        for (var round = 0; round < rounds && !stop.IsSet; round++)
        {
            var heat = round >= rounds - 2 ? 0 : hottest * Math.Pow(Coldest / hottest, round / (double)Math.Max(1, rounds - 3));
            Shuffle();
            foreach (var r in _order)
                Step(r, heat * _price);
        }
        // A request that left a limit makes room for one that came before it in the last round.
        for (var any = true; any && !stop.IsSet;)
        {
            any = false;
            foreach (var r in _order.Where(r => !_incumbent.IsServed(r)))
            {
                var before = _incumbent.UnservedSeats[r];
                Step(r, 0);
                any |= _incumbent.UnservedSeats[r] < before;
            }
        }
    }

    private void Shuffle()
    {
        for (var at = _order.Length - 1; at > 0; at--)
        {
            var other = _random.NextBelow(at + 1);
            (_order[at], _order[other]) = (_order[other], _order[at]);
        }
    }

    private void Step(int r, double temperature)
    {
        if (_table.FirstOption[r + 1] - _table.FirstOption[r] == 1 && _incumbent.IsServed(r) && _table.Service[r] == ServiceClass.Current)
            return;
        _places.Remove(r);
        var (size, best, bestCost, bestSlots) = (_table.Size[r], -1, double.PositiveInfinity, 0L);
        if (_table.Service[r] != ServiceClass.Current)
            bestCost = size + Noise(temperature);
        var value = Math.Max(1e-9, Math.Abs(_table.NetValue[_table.FirstOption[r]]));
        for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
        {
            if (option != _table.CurrentOption[r] && !(_places.IsWorthwhile(r, option) && _places.LimitFits(r, option, size)))
                continue;
            var slots = _places.AddedSlots(r, option, size);
            // Between places that need the same machines, the cheaper one wins: half a machine slot for the whole of the value.
            var tie = 0.5 * _price * Math.Clamp((_table.NetValue[_table.FirstOption[r]] - _table.NetValue[option]) / value, -1, 1);
            var cost = (_price * slots) + tie + Noise(temperature);
            if (cost < bestCost)
                (best, bestCost, bestSlots) = (option, cost, slots);
        }
        if (_table.IsSplit(r) && _table.Service[r] != ServiceClass.Current && (best < 0 || bestSlots > 0) && _places.Place(r) < bestCost)
            return;
        _places.Remove(r);
        if (best >= 0)
            _incumbent.Place(_incumbent.FirstUnit[r], best, size);
    }

    /// <summary>A draw of Gumbel's distribution: the least of costs with such noise is a draw of the heat bath.</summary>
    private double Noise(double temperature) => temperature <= 0 ? 0 : temperature * Math.Log(-Math.Log(1 - _random.NextDouble() + 1e-300) + 1e-300);
}
