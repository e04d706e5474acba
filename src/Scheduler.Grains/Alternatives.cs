using System.Collections.Immutable;
using System.Runtime.InteropServices;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Finds other free blocks (http-api.md, section 5): starts within a week at which this institution may book the block under every rule, with the same
/// override. The same local day comes first, and the nearest start comes first. The seats come from the picture in memory. The same code that decides a booking
/// checks the rules.
/// </summary>
internal static class Alternatives
{
    /// <summary>
    /// Adds to the refusal of a full slot the alternatives, and whether waiting for the block helps. Returns any other refusal unchanged.
    /// </summary>
    public static Refusal AddTo(Refusal refusal, SeasonPicture picture, DecisionBasis basis, Proposal refused)
    {
        if (refusal is not Refusal.SlotFull full)
            return refusal;
        var waitlist = refused.Wish is { } wish ? BookingRules.Join(wish, basis, out _) : null;
        return full with
        {
            Alternatives = refused.Elsewhere is { } decide ? Find(picture, basis, refused, decide) : [],
            CanWait = refused.Wish is not null && waitlist is null,
            ExceedsPool = waitlist is Refusal.NeverFits,
        };
    }

    public static ImmutableArray<Alternative> Find(SeasonPicture picture, DecisionBasis basis, Proposal refused, Func<Instant, Decision> decide)
    {
        var sitting = refused.Draft!.Sitting;
        var pool = picture.Pool(sitting.Pool);
        var found = ImmutableArray.CreateBuilder<Alternative>(Limits.Alternatives);
        foreach (var start in Nearest(basis.Catalogue.Pools[sitting.Pool].Value.Grid, sitting.Start, basis.Institution.Zone))
        {
            // Checking the rules takes longer than checking the seats, so the seats are checked first. The picture can change in between, so the figures of an
            // alternative come from the second look.
            if (start <= basis.Now || Room(pool, refused, sitting, start, basis.Now) is null
                || decide(start) is not Decision.Accepted(var draft) || !KeepsShare(pool, draft, basis.Now)
                || Room(picture.Pool(sitting.Pool), refused, draft.Sitting, start, basis.Now) is not { } free)
                continue;
            found.Add(new(start, free.Min(), free));
            if (found.Count == Limits.Alternatives)
                break;
        }

        return found.ToImmutable();
    }

    /// <summary>
    /// The pool's other starts within a week. The local day of the wished start comes first, then the nearest start. Of two equally near starts the earlier
    /// comes first.
    /// </summary>
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
        // Reads one day's starts at a time: the first starts are nearly always enough.
        for (var end = from; end > to;)
        {
            var begin = Instant.Max(to, end - Duration.FromDays(1));
            foreach (var start in grid.Starts(begin, end).Reverse())
                yield return start;
            end = begin;
        }
    }

    /// <summary>
    /// Free seats in each slot of the sitting's profile at another start; null where the profile does not fit. The seats of a booking that moves count as free.
    /// </summary>
    private static ImmutableArray<int>? Room(PoolPicture? pool, Proposal refused, Sitting sitting, Instant start, Instant now)
    {
        var first = SlotMinutes.Of(start);
        int[]? free = null;
        for (var k = 0; k < sitting.Profile.Slots; k++)
        {
            var slot = new SlotHour(sitting.Pool, first + (k * SlotHour.LengthMinutes));
            var view = pool?.Look(slot.Minutes, now) ?? default;
            var seats = view.Capacity == 0 ? 0 : view.Free + refused.OwnSeats(slot);
            if (seats < sitting.Profile[k])
                return null;
            free ??= new int[sitting.Profile.Slots];
            free[k] = seats;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(free);
    }

    private static bool KeepsShare(PoolPicture? pool, BookingDraft draft, Instant now)
    {
        for (var k = 0; k < draft.Sitting.Profile.Slots; k++)
        {
            if (draft.ExceedsShare(k, (pool?.Look(draft.Sitting.Slot(k).Minutes, now) ?? default).Capacity))
                return false;
        }

        return true;
    }
}
