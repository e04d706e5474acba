using System.ComponentModel;
using NodaTime;

namespace Scheduler.Api;

/// <summary>One day of one pool.</summary>
internal sealed record PoolDayView
{
    public required LocalDate Date { get; init; }

    [Description("Seats offered, added over the hours that begin on the day.")]
    public required int Capacity { get; init; }

    [Description("Free seats, added over the same hours.")]
    public required int Free { get; init; }

    [Description("Starts at which the block of the need has enough seats; without a need, hours with a free seat. 0 on a day that cannot be booked.")]
    public required int Starts { get; init; }

    [OneOf("past", "horizon", "lead_time", "collecting", "closed", "full")]
    [Description("The first reason that holds; null when the day can be booked.")]
    public required string? Reason { get; init; }

    public static PoolDayView Of(SeasonDay day) => new()
    {
        Date = day.Date, Capacity = day.Capacity, Free = day.Free, Starts = day.Starts, Reason = day.Reason,
    };
}
