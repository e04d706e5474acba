namespace Scheduler.Solver;

/// <summary>Simulated annealing over orders of requests: a step exchanges two requests of the order or moves one, and the rest of the order is decoded again
/// (<see cref="OrderDecoder"/>). A removal shifts every later request, which steps on single assignments cannot do: under due times and little free room
/// that is what counts. The room before every eighth request is kept, so a step decodes only from its first change on, and ends early when it is
/// already too costly or the room is as before.</summary>
internal sealed class OrderSearch
{
    private const int Spacing = 8;
    private const int LooksForLoss = 20;

    // Two thirds of the steps stay within an eighth of the order.
    private const int NearShare = 8;
    private const int StepsBetweenPolls = 64;
    private readonly OrderDecoder _decoder;
    private readonly long[][] _kept;
    private readonly long[] _work;
    private readonly int[] _place;
    private readonly int[] _next;
    private readonly double[] _before;
    private readonly int[] _best;
    private int[] _bestOrder = [];
    private long _looks;
    private SplitMix64 _random;

    /// <param name="decoder">The decoder.</param>
    /// <param name="free">Free room without the requests.</param>
    /// <param name="order">The first order; numbers of the decoder's requests.</param>
    /// <param name="random">The random numbers of this search.</param>
    public OrderSearch(OrderDecoder decoder, long[] free, int[] order, SplitMix64 random)
    {
        (_decoder, Order, _random) = (decoder, order, random);
        var count = order.Length;
        _kept = [.. Enumerable.Range(0, (count / Spacing) + 1).Select(_ => (long[])free.Clone())];
        (_work, _place, _next, _before, _best) = ((long[])free.Clone(), new int[count], new int[count], new double[count + 1], new int[count]);
        ContinueFrom(order);
    }

    /// <summary>The present order.</summary>
    public int[] Order { get; private set; }

    /// <summary>The least loss found.</summary>
    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>Options looked at so far.</summary>
    public long Looks => _looks;

    public int[] BestOrder => _bestOrder;

    /// <summary>The option of every request in the best plan found, by the request's number; −1 for none.</summary>
    public int[] BestOptions()
    {
        var (options, order) = (new int[Order.Length], BestOrder);
        for (var at = 0; at < order.Length; at++)
            options[order[at]] = _decoder.Option(_best[at]);
        return options;
    }

    /// <summary>Goes on from the best order of another search.</summary>
    public void ContinueFrom(int[] order)
    {
        Order = [.. order];
        var (end, loss) = Decode(0, order.Length, double.PositiveInfinity);
        Accept(0, end, loss);
    }

    /// <summary>Anneals until so many options have been looked at; the temperature falls geometrically.</summary>
    public void Run(long looks, double hottest, double coldest, StopSignal stop)
    {
        var (count, from) = (Order.Length, _looks);
        if (count < 2)
            return;
        for (var step = 0; _looks - from < looks; step++)
        {
            if (step % StepsBetweenPolls == 0 && stop.IsSet)
                break;
            var temperature = hottest * Math.Pow(coldest / hottest, (_looks - from) / (double)looks);
            Step(temperature);
        }
    }

    private void Step(double temperature)
    {
        var count = Order.Length;
        var one = _random.NextBelow(count);
        // Half of the steps begin with a request that loses value.
        if (_random.NextBelow(2) == 0)
        {
            for (var tries = 0; tries < LooksForLoss && _before[one + 1] <= _before[one]; tries++)
                one = _random.NextBelow(count);
        }
        var two = Other(one);
        var isExchange = _random.NextBelow(2) == 0;
        Change(one, two, isExchange);
        var (low, high) = (Math.Min(one, two), Math.Max(one, two));
        var most = _before[count] + (temperature * -Math.Log(1 - _random.NextDouble()));
        var (end, loss) = Decode(low, high, most);
        if (loss > most)
        {
            Change(isExchange ? one : two, isExchange ? two : one, isExchange);
            return;
        }
        Accept(low, end, loss);
    }

    /// <summary>Another position: any, or one near by.</summary>
    private int Other(int one)
    {
        var count = Order.Length;
        var reach = _random.NextBelow(3) == 0 ? count : Math.Max(2, count / NearShare);
        while (true)
        {
            var two = one + _random.NextBelow((2 * reach) + 1) - reach;
            if (two != one && two >= 0 && two < count)
                return two;
        }
    }

    private void Change(int one, int two, bool isExchange)
    {
        if (isExchange)
        {
            (Order[one], Order[two]) = (Order[two], Order[one]);
            return;
        }
        var moved = Order[one];
        if (one < two)
            Array.Copy(Order, one + 1, Order, one, two - one);
        else
            Array.Copy(Order, two, Order, two + 1, one - two);
        Order[two] = moved;
    }

    /// <summary>Decodes the order from one position on. Returns the position from which the plan is as before, and the whole loss; it ends early when the loss
    /// exceeds <paramref name="most"/>.</summary>
    private (int End, double Loss) Decode(int from, int to, double most)
    {
        var count = Order.Length;
        Array.Copy(_kept[from / Spacing], _work, _work.Length);
        for (var at = from / Spacing * Spacing; at < from; at++)
            _decoder.Take(Order[at], _place[at], _work);
        var (loss, frontier) = (_before[from], _decoder.Frontier(_work));
        for (var at = from; at < count; at++)
        {
            if (at > to && at % Spacing == 0 && _work.AsSpan().SequenceEqual(_kept[at / Spacing]))
                return (at, loss + _before[count] - _before[at]);
            var request = Order[at];
            _next[at] = _decoder.Place(request, _work, ref frontier, ref _looks);
            loss += _decoder.Loss(request, _next[at]);
            if (loss > most)
                return (at, loss);
        }
        return (count, loss);
    }

    private void Accept(int from, int end, double loss)
    {
        Array.Copy(_next, from, _place, from, end - from);
        Keep(from, end);
        var count = Order.Length;
        for (var at = end; at < count && end > from; at++)
            _before[at + 1] = _before[at] + _decoder.Loss(Order[at], _place[at]);
        if (loss >= Best)
            return;
        Best = _before[count];
        Array.Copy(_place, _best, count);
        _bestOrder = [.. Order];
    }

    /// <summary>Keeps the losses and the room of the changed positions.</summary>
    private void Keep(int from, int end)
    {
        Array.Copy(_kept[from / Spacing], _work, _work.Length);
        for (var at = from / Spacing * Spacing; at < end; at++)
        {
            if (at % Spacing == 0 && at > from)
                Array.Copy(_work, _kept[at / Spacing], _work.Length);
            _decoder.Take(Order[at], _place[at], _work);
            if (at >= from)
                _before[at + 1] = _before[at] + _decoder.Loss(Order[at], _place[at]);
        }
    }
}
