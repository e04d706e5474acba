using System.Collections.Immutable;
using System.ComponentModel;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What is to come and is touched by a change: ids of bookings, holds and requests, at most 1,000 each, and their exact counts.</summary>
internal sealed record TouchesView
{
    [Description("Confirmed bookings that have not ended.")]
    public required ImmutableArray<Guid> Bookings { get; init; }

    [Description("Live holds.")]
    public required ImmutableArray<Guid> Holds { get; init; }

    [Description("Waiting requests.")]
    public required ImmutableArray<Guid> Requests { get; init; }

    public required TouchesTotalView Total { get; init; }

    public static TouchesView Of(Touches touches) => new()
    {
        Bookings = [.. touches.Bookings.Select(id => id.Value)],
        Holds = [.. touches.Holds.Select(id => id.Value)],
        Requests = [.. touches.Requests.Select(id => id.Value)],
        Total = new() { Bookings = touches.BookingCount, Holds = touches.HoldCount, Requests = touches.RequestCount },
    };
}
