using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Seats booked and held beyond the capacity of one slot.</summary>
internal sealed record ShortfallView
{
    public required Instant Start { get; init; }

    public required int Seats { get; init; }

    public static ImmutableArray<ShortfallView> Of(ImmutableArray<Shortfall> slots) =>
        ImmutableArray.CreateRange(slots, static slot => new ShortfallView { Start = SlotMinutes.ToInstant(slot.Minutes), Seats = slot.Seats });
}
