using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A weekly template that demand advises.</summary>
internal sealed record TemplateAdviceView
{
    public required PoolId Pool { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required Instant From { get; init; }

    [Description("Not included in the range.")]
    public required Instant To { get; init; }

    public required int Percent { get; init; }

    [Description("Seats asked for in all slots of the range: booked, unserved and refused.")]
    public required long SeatsAsked { get; init; }

    [Description("The rows of the template, as PUT /pools/{id}/template takes them. When exact seats would need too many rows, the seats are rounded up.")]
    public required ImmutableArray<WeeklyRowView> Weekly { get; init; }

    [Description("The hours of the week for which anybody asked, in the pool's zone.")]
    public required ImmutableArray<AdvisedHourView> Hours { get; init; }

    public static TemplateAdviceView Of(Pool pool, Instant from, Instant to, int percent, ImmutableArray<AdvisedHour> hours) => new()
    {
        Pool = pool.Id,
        Zone = pool.Zone,
        From = from,
        To = to,
        Percent = percent,
        SeatsAsked = hours.Sum(hour => hour.Booked + hour.Unserved + hour.Refused),
        Weekly = WeeklyRowView.Of(TemplateRows.Of(hours)),
        Hours = [.. hours.Select(AdvisedHourView.Of)],
    };
}
