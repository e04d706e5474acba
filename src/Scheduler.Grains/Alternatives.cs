using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
        if (picture.Pool(sitting.Pool) is not { } pool)
            return [];
        var found = ImmutableArray.CreateBuilder<Alternative>(Limits.Alternatives);
        foreach (var start in Nearest(basis.Catalogue.Pools[sitting.Pool].Value.Grid, sitting.Start, basis.Institution.Zone))
        {
            // The picture goes on changing while we look: what fitted a moment ago may not fit any more.
            if (start <= basis.Now || !Fits(pool, sitting, own, start) || decide(start) is not Decision.Accepted(var draft) || !KeepsShare(pool, draft)
                || Room(pool, draft.Sitting, own, start) is not { } free)
                continue;
            found.Add(new(start, free.Min(), free));
            if (found.Count == Limits.Alternatives)
                break;
        }

        return found.ToImmutable();
    }

    /// <summary>The pool's other starts within a week, those of the wished start's local day first, nearest first, of two as near the earlier.</summary>
    private static IEnumerable<Instant> Nearest(SlotGrid grid, Instant wished, DateTimeZone zone)
    {
        var week = Duration.FromDays(Limits.AlternativeDays);
        var (first, last) = (wished - week, wished + week);
        var date = LeadTime.Day(wished, zone);
        var (dayFrom, dayTo) = (zone.AtStartOfDay(date).ToInstant(), zone.AtStartOfDay(date.PlusDays(1)).ToInstant() - Duration.Epsilon);
        dayFrom = Instant.Max(dayFrom, first);
        dayTo = Instant.Min(dayTo, last);
        return Outwards(Back(grid, wished, dayFrom), Onwards(grid, wished, dayTo), wished)
            .Concat(Outwards(Back(grid, dayFrom, first), Onwards(grid, dayTo, last), wished));
    }

    private static IEnumerable<Instant> Outwards(IEnumerable<Instant> earlier, IEnumerable<Instant> later, Instant from)
    {
        using var back = earlier.GetEnumerator();
        using var on = later.GetEnumerator();
        var (hasBack, hasOn) = (back.MoveNext(), on.MoveNext());
        while (hasBack || hasOn)
        {
            if (hasBack && (!hasOn || from - back.Current <= on.Current - from))
            {
                yield return back.Current;
                hasBack = back.MoveNext();
            }
            else
            {
                yield return on.Current;
                hasOn = on.MoveNext();
            }
        }
    }

    /// <summary>Starts after <paramref name="from"/> up to <paramref name="to"/>.</summary>
    private static IEnumerable<Instant> Onwards(SlotGrid grid, Instant from, Instant to) => grid.Starts(from + Duration.Epsilon, to + Duration.Epsilon);

    /// <summary>Starts before <paramref name="from"/> down to <paramref name="to"/>, latest first.</summary>
    private static IEnumerable<Instant> Back(SlotGrid grid, Instant from, Instant to)
    {
        // A day's starts at a time: the first ones nearly always do.
        for (var end = from; end > to;)
        {
            var begin = Instant.Max(to, end - Duration.FromDays(1));
            foreach (var start in grid.Starts(begin, end).Reverse())
                yield return start;
            end = begin;
        }
    }

    private static bool Fits(PoolPicture pool, Sitting sitting, Sitting? own, Instant start)
    {
        var first = SlotMinutes.Of(start);
        for (var k = 0; k < sitting.Profile.Slots; k++)
        {
            if (Free(pool, own, first + (k * SlotHour.LengthMinutes)) < sitting.Profile[k])
                return false;
        }

        return true;
    }

    /// <summary>Free seats per slot of the sitting's profile at another start, own seats counted as free; null where it does not fit.</summary>
    private static ImmutableArray<int>? Room(PoolPicture pool, Sitting sitting, Sitting? own, Instant start)
    {
        var first = SlotMinutes.Of(start);
        var free = new int[sitting.Profile.Slots];
        for (var k = 0; k < free.Length; k++)
        {
            free[k] = Free(pool, own, first + (k * SlotHour.LengthMinutes));
            if (free[k] < sitting.Profile[k])
                return null;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(free);
    }

    /// <summary>Seats free in a slot; none where it is closed.</summary>
    private static int Free(PoolPicture pool, Sitting? own, int minutes)
    {
        var index = pool.IndexOf(minutes);
        return index < 0 || index >= pool.Capacity.Length || pool.Capacity[index] == 0 ? 0 : pool.Capacity[index] - pool.Taken[index] + Own(own, minutes);
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
