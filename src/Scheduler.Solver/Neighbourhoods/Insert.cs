using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Puts a request where it fits best: the option of greatest worth less <c>weight</c> times what it pays by the prices.</summary>
internal static class Insert
{
    // Looks at options in one go, a tenth of a second: a cancel waits for them. What is left is served by the next round that inserts the request.
    private const long MostLooks = 4_000_000;

    /// <summary>Serves as much of the request as fits; true when anything was placed.</summary>
    public static bool Run(Incumbent incumbent, Prices prices, int request, double weight)
    {
        var dice = default(Dice);
        return Run(incumbent, prices, request, weight, ref dice, 0);
    }

    /// <summary>The same, overlooking an option now and then (a blink, Christiaens and Vanden Berghe 2020), once in so many.</summary>
    public static bool Run(Incumbent incumbent, Prices prices, int request, double weight, ref Dice dice, int blink = 40)
    {
        var table = incumbent.Table;
        if (!table.IsSplit(request) || table.Duty[request] == Duty.Sits)
        {
            // What sits is put back whole, or, where a model has parted it, the part that was taken out.
            var unit = incumbent.FreeUnit(request);
            if (unit < 0 || incumbent.IsServed(request))
                return false;
            var option = BestWhole(incumbent, prices, request, weight, ref dice, blink);
            if (option >= 0)
                incumbent.Place(unit, option, incumbent.Left[request]);
            return option >= 0;
        }
        var (any, options, looks) = (false, table.FirstOption[request + 1] - table.FirstOption[request], 0L);
        while ((looks += options) <= MostLooks && incumbent.Left[request] >= table.MinPart[request] && PlacePart(incumbent, prices, request, weight))
            any = true;
        return any;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int BestWhole(Incumbent incumbent, Prices prices, int request, double weight, ref Dice dice, int blink)
    {
        var table = incumbent.Table;
        var (best, bestScore) = (-1, double.NegativeInfinity);
        var homes = incumbent.Homes;
        for (var option = table.FirstOption[request]; option < table.FirstOption[request + 1]; option++)
        {
            var score = table.Worth[option];
            if (score <= 0 && table.Duty[request] == Duty.Free)
                continue;
            if (homes is not null)
                score -= homes.Away(request, option);
            if (score <= bestScore)
                continue;
            if (weight > 0)
            {
                score -= weight * prices.Cost(request, option);
                if (score <= bestScore)
                    continue;
            }
            if (incumbent.Usage.Fits(request, option, incumbent.Left[request]) && (blink == 0 || dice.Below(blink) != 0) && !IsUsed(incumbent, request, option))
                (best, bestScore) = (option, score);
        }
        return best;
    }

    /// <summary>Places one more part: by worth per seat, a part that takes all that is left before smaller ones.</summary>
    private static bool PlacePart(Incumbent incumbent, Prices prices, int request, double weight)
    {
        var table = incumbent.Table;
        var unit = incumbent.FreeUnit(request);
        if (unit < 0)
            return false;
        var (left, least) = (incumbent.Left[request], table.MinPart[request]);
        var (best, bestSeats, bestScore) = (-1, 0, double.NegativeInfinity);
        for (var option = table.FirstOption[request]; option < table.FirstOption[request + 1]; option++)
        {
            var score = table.Worth[option] - (weight > 0 ? weight * prices.Cost(request, option) : 0) - (incumbent.Homes?.Away(request, option) ?? 0);
            // Each step to a smaller part must be paid for by a better place: an eighth of the worth for half the seats.
            if (table.Worth[option] <= 0 && table.Duty[request] == Duty.Free)
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
