using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Places a request in its best option that fits: the greatest net value less <c>weight</c> times its price.</summary>
internal static class Insert
{
    /// <summary>Serves as much of the request as fits. Returns whether any part was placed.</summary>
    public static bool Run(Incumbent incumbent, Prices prices, int request, double weight)
    {
        var random = default(SplitMix64);
        return Run(incumbent, prices, request, weight, ref random, 0);
    }

    /// <summary>The same, but skips one in <paramref name="blink"/> fitting options at random (a blink, Christiaens and Vanden Berghe 2020).</summary>
    public static bool Run(Incumbent incumbent, Prices prices, int request, double weight, ref SplitMix64 random, int blink = SearchSettings.Blink)
    {
        var table = incumbent.Table;
        if (!table.IsSplit(request) || table.Service[request] == ServiceClass.Current)
        {
            // A current assignment is placed whole again, or, where a model has split it, the part that was removed.
            var unit = incumbent.FreeUnit(request);
            if (unit < 0 || incumbent.IsServed(request))
                return false;
            var option = BestWhole(incumbent, prices, request, weight, ref random, blink);
            if (option >= 0)
                incumbent.Place(unit, option, incumbent.UnservedSeats[request]);
            return option >= 0;
        }
        var (any, options, looks) = (false, table.FirstOption[request + 1] - table.FirstOption[request], 0L);
        while ((looks += options) <= SearchSettings.LooksOfInsertion
            && incumbent.UnservedSeats[request] >= table.MinPart[request]
            && PlacePart(incumbent, prices, request, weight))
            any = true;
        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int BestWhole(Incumbent incumbent, Prices prices, int request, double weight, ref SplitMix64 random, int blink)
    {
        var table = incumbent.Table;
        var (best, bestScore) = (-1, double.NegativeInfinity);
        var previous = incumbent.Previous;
        for (var option = table.FirstOption[request]; option < table.FirstOption[request + 1]; option++)
        {
            var score = table.NetValue[option];
            if (score <= 0 && table.Service[request] == ServiceClass.Optional)
                continue;
            if (previous is not null)
                score -= previous.PerturbationPenalty(request, option);
            if (score <= bestScore)
                continue;
            if (weight > 0)
            {
                score -= weight * prices.Cost(request, option);
                if (score <= bestScore)
                    continue;
            }
            if (incumbent.Usage.Fits(request, option, incumbent.UnservedSeats[request])
                && (blink == 0 || random.NextBelow(blink) != 0) && !IsUsed(incumbent, request, option))
                (best, bestScore) = (option, score);
        }
        return best;
    }

    /// <summary>Places one more part. A part with all unserved seats comes before smaller ones.</summary>
    private static bool PlacePart(Incumbent incumbent, Prices prices, int request, double weight)
    {
        var table = incumbent.Table;
        var unit = incumbent.FreeUnit(request);
        if (unit < 0)
            return false;
        var (left, least) = (incumbent.UnservedSeats[request], table.MinPart[request]);
        var (best, bestSeats, bestScore) = (-1, 0, double.NegativeInfinity);
        for (var option = table.FirstOption[request]; option < table.FirstOption[request + 1]; option++)
        {
            var score = table.NetValue[option] - (weight > 0 ? weight * prices.Cost(request, option) : 0)
                - (incumbent.Previous?.PerturbationPenalty(request, option) ?? 0);
            // A smaller part is preferred only in a better option: half the seats count an eighth of the net value less.
            if (table.NetValue[option] <= 0 && table.Service[request] == ServiceClass.Optional)
                continue;
            if (score <= bestScore || IsUsed(incumbent, request, option))
                continue;
            var seats = incumbent.Usage.Room(request, option, left);
            if (seats < left && left - seats < least)
                seats = left - least >= least ? left - least : seats;
            if (seats < least)
                continue;
            score = seats == left ? score : score - (0.25 * Math.Abs(score) * (left - seats) / left);
            if (score > bestScore)
                (best, bestSeats, bestScore) = (option, seats, score);
        }
        if (best < 0)
            return false;
        incumbent.Place(unit, best, bestSeats);
        return true;
    }

    private static bool IsUsed(Incumbent incumbent, int request, int option)
    {
        for (var unit = incumbent.FirstUnit[request]; unit < incumbent.FirstUnit[request + 1]; unit++)
        {
            if (incumbent.Option[unit] == option)
                return true;
        }
        return false;
    }
}
