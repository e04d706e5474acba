using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>What one slot is worth.</summary>
internal sealed record AdvisedSlotView
{
    public required Instant Start { get; init; }

    public required LocalDateTime LocalStart { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required int Capacity { get; init; }

    [Description("The estimated value of one more seat, in weighted candidates.")]
    public required double ShadowPrice { get; init; }

    [Description("Seats to add here so that everybody is served whom machines can help.")]
    public required int SeatsToServeAll { get; init; }

    public static AdvisedSlotView Of(AdvisedSlot slot, DateTimeZone zone) => new()
    {
        Start = slot.Start,
        LocalStart = Domain.LocalStart.Shown(zone, slot.Start),
        Zone = zone,
        Capacity = slot.Capacity,
        ShadowPrice = slot.ShadowPrice,
        SeatsToServeAll = slot.Add,
    };
}
