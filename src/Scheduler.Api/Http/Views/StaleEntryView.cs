using System.ComponentModel;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>An entry of a plan that could not be applied.</summary>
internal sealed record StaleEntryView
{
    [Description("The request of a placement; null for a move.")]
    public required Guid? Request { get; init; }

    [Description("The booking of a move; null for a placement.")]
    public required Guid? Booking { get; init; }

    public required InstitutionId Institution { get; init; }

    [Description("The code of the refusal.")]
    public required string Why { get; init; }

    public static StaleEntryView Of(StaleEntry stale) => new()
    {
        Request = (stale.Entry as PlanEntry.Placement)?.Request.Value,
        Booking = (stale.Entry as PlanEntry.Move)?.Booking.Value,
        Institution = stale.Entry.Institution,
        Why = stale.Why,
    };
}
