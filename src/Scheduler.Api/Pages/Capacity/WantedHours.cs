using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What the hours of a range would offer, by the wish of an operator, and the exceptions that do so.</summary>
/// <param name="Hours">The hours that would change.</param>
/// <param name="Ranges">The exceptions to write or to remove.</param>
/// <param name="Begun">Hours of the range that have begun and stay as they are (R3).</param>
/// <param name="Closed">Hours of the range that are closed and stay closed.</param>
internal sealed record WantedHours(ImmutableArray<ChangedHour> Hours, ImmutableArray<HourSeats> Ranges, int Begun, int Closed)
{
    private static readonly Duration _hour = Duration.FromHours(1);

    /// <summary>The hours of an address.</summary>
    /// <param name="page">The page.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="capacity">Where the capacity of the pool comes from.</param>
    /// <param name="address">What the operator wants.</param>
    /// <param name="keepsTaken">Whether an hour goes down to what is booked and held there, and no further.</param>
    public static WantedHours Of(PageContext page, Pool pool, PoolCapacity capacity, CapacityAddress address, bool keepsTaken)
    {
        var range = address.Range!;
        var (now, slots) = (page.Now, page.Api.Ledger.Picture.Pool(pool.Id));
        var template = capacity with { Exceptions = [] };
        var hours = ImmutableArray.CreateBuilder<ChangedHour>();
        var ranges = ImmutableArray.CreateBuilder<HourSeats>();
        var (begun, closed) = (0, 0);
        foreach (var start in pool.Grid.Starts(range.Begin(pool.Zone), range.End(pool.Zone)))
        {
            if (!range.Contains(start.InZone(pool.Zone).LocalDateTime))
                continue;
            if (start <= now)
            {
                begun++;
                continue;
            }

            var seen = slots?.Look(SlotMinutes.Of(start), now) ?? default;
            var taken = seen.Capacity - seen.Free;
            if (seen.Capacity == 0 && taken == 0 && !address.OpensClosed && !address.IsTemplate)
            {
                closed++;
                continue;
            }

            var ofTemplate = template.Seats(start, pool.Grid);
            var wanted = address.IsTemplate ? ofTemplate : address.Seats ?? seen.Capacity;
            var after = !keepsTaken || wanted >= seen.Capacity ? wanted : Math.Max(wanted, Math.Min(taken, seen.Capacity));
            if (after == seen.Capacity)
                continue;
            hours.Add(new(start, seen.Capacity, after, taken));
            Add(ranges, start, address.IsTemplate && after == ofTemplate ? null : after);
        }

        return new(hours.ToImmutable(), ranges.ToImmutable(), begun, closed);
    }

    /// <summary>Hours that touch and get the same seats share a range.</summary>
    private static void Add(ImmutableArray<HourSeats>.Builder ranges, Instant start, int? seats)
    {
        if (ranges.Count > 0 && ranges[^1] is var last && last.To == start && last.Seats == seats)
            ranges[^1] = last with { To = start + _hour };
        else
            ranges.Add(new(start, start + _hour, seats));
    }
}
