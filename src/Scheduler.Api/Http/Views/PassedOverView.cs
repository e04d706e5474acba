using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>When and why a request was passed over.</summary>
internal sealed record PassedOverView
{
    public required Instant At { get; init; }

    public required string Why { get; init; }

    [Description("The seats that were free in the fullest hour of the block; null where seats were not what was missing.")]
    public required int? FreeSeats { get; init; }

    [Description("The seats that smaller requests behind this one got in the same hours; null where seats were not what was missing.")]
    public required int? TakenSeats { get; init; }

    public static PassedOverView? Of(PassedOver? passed) => passed is not { } one
        ? null
        : new() { At = one.At, Why = one.Why, FreeSeats = one.FreeSeats, TakenSeats = one.TakenSeats };
}
