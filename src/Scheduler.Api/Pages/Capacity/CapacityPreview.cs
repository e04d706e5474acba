using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What a change of capacity would do, as a dry run says. Nothing was changed.</summary>
public sealed record CapacityPreview
{
    /// <summary>The most bookings that a preview names.</summary>
    public const int NamedBookings = 20;

    /// <summary>The version of the capacity for which the preview is true.</summary>
    public required int Version { get; init; }

    /// <summary>The slots whose seats would change.</summary>
    public required ImmutableArray<ChangedHour> Hours { get; init; }

    /// <summary>Whether the change would be refused without force, because it takes seats away that are booked or held.</summary>
    public required bool IsRefused { get; init; }

    /// <summary>Bookings, holds and requests that the change touches.</summary>
    public required Touches Touches { get; init; }

    /// <summary>The first bookings that the change touches, by start.</summary>
    public required ImmutableArray<Booking> Bookings { get; init; }

    /// <summary>The slots that would go below what is booked or held.</summary>
    public IEnumerable<ChangedHour> Below => Hours.Where(hour => hour.IsBelow);

    /// <summary>Seats missing in those slots.</summary>
    public int SeatsShort => Below.Sum(hour => hour.Short);

    /// <summary>Reads what the page shows of a dry run.</summary>
    /// <param name="page">The page.</param>
    /// <param name="pool">The pool.</param>
    /// <param name="result">The answer to the command of the dry run.</param>
    /// <param name="from">The first instant of the change.</param>
    /// <param name="to">The end of the change.</param>
    /// <returns>Null when the dry run could not be made.</returns>
    internal static async Task<CapacityPreview?> Read(PageContext page, Pool pool, CommandResult<CapacitySnapshot> result, Instant from, Instant to)
    {
        if (result is not CommandResult<CapacitySnapshot>.Previewed { Value: { After.Entry: CapacityEntry after } run })
            return null;
        var read = page.Api.Ledger.Read;
        var bookings = await Task.WhenAll(run.Touches.Bookings.Take(NamedBookings).Select(id => read.Booking(id, page.Http.RequestAborted)));
        return new()
        {
            Version = run.After.Version - 1,
            Hours = Changed(page, pool, after.Capacity, from, to),
            IsRefused = run.Refused is not null,
            Touches = run.Touches,
            Bookings = [.. bookings.OfType<Booking>().OrderBy(booking => booking.Sitting.Start)],
        };
    }

    private static ImmutableArray<ChangedHour> Changed(PageContext page, Pool pool, PoolCapacity after, Instant from, Instant to)
    {
        var (now, slots) = (page.Now, page.Api.Ledger.Picture.Pool(pool.Id));
        var hours = ImmutableArray.CreateBuilder<ChangedHour>();
        foreach (var start in pool.Grid.Starts(Instant.Max(from, now + Duration.FromTicks(1)), to))
        {
            var seen = slots?.Look(SlotMinutes.Of(start), now) ?? default;
            var seats = after.Seats(start, pool.Grid);
            if (seats != seen.Capacity)
                hours.Add(new(start, seen.Capacity, seats, seen.Capacity - seen.Free));
        }

        return hours.ToImmutable();
    }
}
