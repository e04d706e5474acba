using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What a template should offer in one hour of the week, and the demand behind the figure.</summary>
internal sealed record AdvisedHourView
{
    public required IsoDayOfWeek Day { get; init; }

    [Description("The local time at which the slot starts.")]
    public required WholeHour FromTime { get; init; }

    [Description("The advised seats: the least capacity that would have met the share percent of the seats asked for.")]
    public required int Seats { get; init; }

    [Description("The most seats that any such slot of the range offers now.")]
    public required int Offered { get; init; }

    [Description("The slots of this hour in the range.")]
    public required int Slots { get; init; }

    [Description("Seats of confirmed bookings, summed over the slots.")]
    public required long Booked { get; init; }

    [Description("Seats of requests that wait or expired, at their preferred starts, summed over the slots.")]
    public required long Unserved { get; init; }

    [Description("Seats that were refused, once for each institution, exam and local day, summed over the slots.")]
    public required long Refused { get; init; }

    [Description("The most seats asked for in one slot.")]
    public required int Peak { get; init; }

    public static AdvisedHourView Of(AdvisedHour hour) => new()
    {
        Day = hour.Day,
        FromTime = new(hour.Hour),
        Seats = hour.Seats,
        Offered = hour.Offered,
        Slots = hour.Slots,
        Booked = hour.Booked,
        Unserved = hour.Unserved,
        Refused = hour.Refused,
        Peak = hour.Peak,
    };
}
