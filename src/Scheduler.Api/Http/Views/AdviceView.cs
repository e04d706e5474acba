using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>What a seat is worth in each hour of a pool, and the least capacity that serves all.</summary>
internal sealed record AdviceView
{
    public required PoolId Pool { get; init; }

    public required DateTimeZone Zone { get; init; }

    [Description("The version of the pool's capacity that the advice rests on.")]
    public required int CapacityVersion { get; init; }

    [Description("Candidates that the solver's plan for the present capacity serves, those who sit somewhere included.")]
    public required long Served { get; init; }

    [Description("Candidates that it does not serve.")]
    public required long Unserved { get; init; }

    [Description("The least machine hours to add so that everybody is served whom machines can help.")]
    public required MachineHoursView MachineHours { get; init; }

    [Description("Where the upper end of machineHours is added, as POST /pools/{id}/capacity/raise takes it.")]
    public required ImmutableArray<AddedRangeView> Where { get; init; }

    [Description("Candidates whom no machines help, because a limit of their institution stands in the way.")]
    public required long BeyondMachines { get; init; }

    [Description("The slots of the range, and slots outside where seats would have to be added.")]
    public required ImmutableArray<AdvisedSlotView> Slots { get; init; }

    [Description("The shadow prices of a local day together: a better estimate than those of single slots.")]
    public required ImmutableArray<AdvisedDayView> Days { get; init; }

    [Description("Whether the time limit cut the work short; the range is then wider.")]
    public required bool CutShort { get; init; }

    public static AdviceView Of(CapacityAdvice advice, Pool pool) => new()
    {
        Pool = pool.Id,
        Zone = pool.Zone,
        CapacityVersion = advice.Versions[pool.Id],
        Served = advice.Served,
        Unserved = advice.Unserved,
        MachineHours = new() { Lower = advice.LowerMachineHours, Upper = advice.UpperMachineHours },
        Where = [.. advice.Where.Select(AddedRangeView.Of)],
        BeyondMachines = advice.BeyondMachines,
        Slots = [.. advice.Slots.Select(slot => AdvisedSlotView.Of(slot, pool.Zone))],
        Days =
        [
            .. advice.Slots.GroupBy(slot => slot.Start.InZone(pool.Zone).Date).Select(day => new AdvisedDayView
            {
                Day = day.Key, ShadowPrice = day.Sum(slot => slot.ShadowPrice), SeatHoursToServeAll = day.Sum(slot => slot.Add),
            }),
        ],
        CutShort = advice.IsCutShort,
    };
}
