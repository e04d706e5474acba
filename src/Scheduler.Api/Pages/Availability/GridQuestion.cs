using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>All that a grid is made from, all of one moment.</summary>
internal sealed record GridQuestion
{
    public required Pool Pool { get; init; }

    /// <summary>The zone of the reader's institution.</summary>
    public required DateTimeZone Zone { get; init; }

    public required LocalDate From { get; init; }

    public int Days { get; init; } = 7;

    public required Instant Now { get; init; }

    public required Catalogue Catalogue { get; init; }

    /// <summary>The figures of a slot, by its start in minutes.</summary>
    public required Func<int, SlotFigures> Look { get; init; }

    /// <summary>The seats of the block that is needed; an empty profile when nobody has said what is needed.</summary>
    public SeatProfile Profile { get; init; }

    /// <summary>Whether the need fits at each start, as the institution's grain says; null without a need or without an institution.</summary>
    public ImmutableArray<StartFit>? Fits { get; init; }

    public ImmutableArray<Booking> Bookings { get; init; } = [];

    public ImmutableArray<Hold> Holds { get; init; } = [];

    public ImmutableArray<Request> Requests { get; init; } = [];

    /// <summary>Seats of an hour for which requests of all institutions wait; null when no day of the grid collects requests (R16).</summary>
    public Func<int, int>? QueuedSeats { get; init; }

    /// <summary>The start of the selected block.</summary>
    public Instant? Selected { get; init; }

    public Instant Begin => Zone.AtStartOfDay(From).ToInstant();

    public Instant End => Zone.AtStartOfDay(From.PlusDays(Days)).ToInstant();
}
