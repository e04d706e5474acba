using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// What else is free (http-api.md, section 5): starts within a week that keep every rule for this institution, block and override, nearest first, the same local day before
/// others. Seats come from the picture in memory; the rules are judged by the very code that books.
/// </summary>
internal static class Alternatives
{
    public static ImmutableArray<Alternative> Find(
        SeasonPicture picture, DecisionBasis basis, BookingDraft refused, Sitting? own, Func<Instant, Decision> decide)
    {
        var sitting = refused.Sitting;
        var grid = basis.Catalogue.Pools[sitting.Pool].Value.Grid;
        if (picture.Pool(sitting.Pool) is not { } pool)
            return [];
        var week = Duration.FromDays(Limits.AlternativeDays);
        var zone = basis.Institution.Zone;
        var day = LeadTime.Day(sitting.Start, zone);
        var starts = grid.Starts(sitting.Start - week, sitting.Start + week + Duration.FromSeconds(1))
            .Where(start => start != sitting.Start && start > basis.Now && Room(pool, sitting, own, start) is not null)
            .OrderBy(start => LeadTime.Day(start, zone) == day ? 0 : 1)
            .ThenBy(start => start > sitting.Start ? start - sitting.Start : sitting.Start - start)
            .ThenBy(start => start);
        var found = ImmutableArray.CreateBuilder<Alternative>();
        foreach (var start in starts)
        {
            // The picture goes on changing while we look: what fitted a moment ago may not fit any more.
            if (decide(start) is not Decision.Accepted(var draft) || !KeepsShare(pool, draft) || Room(pool, draft.Sitting, own, start) is not { } free)
                continue;
            found.Add(new(start, free.Min(), free));
            if (found.Count == Limits.Alternatives)
                break;
        }

        return found.ToImmutable();
    }

    /// <summary>Free seats per slot of the sitting's profile at another start, own seats counted as free; null where it does not fit.</summary>
    private static ImmutableArray<int>? Room(PoolPicture pool, Sitting sitting, Sitting? own, Instant start)
    {
        var first = SlotMinutes.Of(start);
        var free = new int[sitting.Profile.Slots];
        for (var k = 0; k < free.Length; k++)
        {
            var minutes = first + (k * SlotHour.LengthMinutes);
            var index = pool.IndexOf(minutes);
            if (index < 0 || index >= pool.Capacity.Length || pool.Capacity[index] == 0)
                return null;
            free[k] = pool.Capacity[index] - pool.Taken[index] + Own(own, minutes);
            if (free[k] < sitting.Profile[k])
                return null;
        }

        return ImmutableArray.Create(free);
    }

    private static bool KeepsShare(PoolPicture pool, BookingDraft draft)
    {
        for (var k = 0; k < draft.Sitting.Profile.Slots; k++)
        {
            if (draft.ExceedsShare(k, pool.Capacity[pool.IndexOf(draft.Sitting.Slot(k).Minutes)]))
                return false;
        }

        return true;
    }

    private static int Own(Sitting? own, int minutes)
    {
        if (own is null)
            return 0;
        var after = minutes - SlotMinutes.Of(own.Start);
        return after >= 0 && after % SlotHour.LengthMinutes == 0 ? own.Profile[after / SlotHour.LengthMinutes] : 0;
    }
}
