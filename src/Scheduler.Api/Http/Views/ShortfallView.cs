using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Seats booked and held beyond the capacity of one slot.</summary>
internal sealed record ShortfallView
{
    public required Instant Start { get; init; }

    [Description("The start in the pool's zone.")]
    public required LocalDateTime LocalStart { get; init; }

    [Description("The pool's zone.")]
    public required DateTimeZone Zone { get; init; }

    public required int Seats { get; init; }

    public static ImmutableArray<ShortfallView> Of(ImmutableArray<Shortfall> slots, DateTimeZone zone) =>
        ImmutableArray.CreateRange(slots, slot => Of(slot, zone));

    private static ShortfallView Of(Shortfall slot, DateTimeZone zone)
    {
        var start = SlotMinutes.ToInstant(slot.Minutes);
        return new() { Start = start, LocalStart = Domain.LocalStart.Shown(zone, start), Zone = zone, Seats = slot.Seats };
    }
}
