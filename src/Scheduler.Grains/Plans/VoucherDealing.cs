using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// R7, R11: deals the vouchers of a school out to its requests, one request after the other, the oldest first. A request that gets vouchers keeps the exam days
/// on which all of them are valid, so no choice of candidates draws more vouchers than the school has.
/// </summary>
internal sealed class VoucherDealing(IEnumerable<Pack> packs)
{
    private readonly List<Pack> _packs = [.. packs.OrderBy(pack => pack.ExpiresOn).ThenBy(pack => pack.Id)];

    /// <summary>
    /// Sets vouchers aside for as many candidates as possible, at most <paramref name="seats"/>. Returns how many got a voucher: all or none, or, with a
    /// smallest
    /// group, at least that many. <paramref name="days"/> are then the exam days on which these vouchers are valid, of the days given.
    /// <paramref name="missing"/> is how many more vouchers the request needs on its best days.
    /// </summary>
    public int Deal(string programme, int seats, int? minGroup, ref ImmutableSortedSet<LocalDate> days, out int missing)
    {
        missing = seats;
        var (best, bestSeats, bestDays) = (ImmutableArray<VoucherDraw>.Empty, 0, ImmutableSortedSet<LocalDate>.Empty);
        foreach (var packs in Choices(programme, days))
        {
            var served = (int)Math.Min(seats, packs.Sum(pack => (long)Math.Max(0, pack.Remaining)));
            missing = Math.Min(missing, seats - served);
            if (served < seats && (minGroup is null || served < Math.Min(minGroup.Value, seats)))
                continue;
            var drawn = Draw(packs, served);
            var valid = days.Where(day => drawn.All(draw => _packs.Find(pack => pack.Id == draw.Pack)!.IsValidOn(day))).ToImmutableSortedSet();
            if (served > bestSeats || (served == bestSeats && valid.Count > bestDays.Count))
                (best, bestSeats, bestDays) = (drawn, served, valid);
        }

        foreach (var draw in best)
        {
            var index = _packs.FindIndex(pack => pack.Id == draw.Pack);
            _packs[index] = _packs[index] with { Taken = _packs[index].Taken + draw.Vouchers };
        }

        days = bestDays;
        return bestSeats;
    }

    /// <summary>The sets of packs to draw from: those valid on all days, then those valid on each day.</summary>
    private IEnumerable<List<Pack>> Choices(string programme, ImmutableSortedSet<LocalDate> days)
    {
        var known = _packs.FindAll(pack => pack.Programme == programme);
        yield return known.FindAll(pack => days.All(pack.IsValidOn));
        List<Pack>? last = null;
        foreach (var day in days)
        {
            var packs = known.FindAll(pack => pack.IsValidOn(day));
            if (last is null || !last.SequenceEqual(packs))
                yield return packs;
            last = packs;
        }
    }

    private static ImmutableArray<VoucherDraw> Draw(List<Pack> packs, int seats)
    {
        var draws = ImmutableArray.CreateBuilder<VoucherDraw>();
        foreach (var pack in packs)
        {
            var take = Math.Min(seats, Math.Max(0, pack.Remaining));
            if (take > 0)
                draws.Add(new(pack.Id, take));
            seats -= take;
        }

        return draws.ToImmutable();
    }
}
