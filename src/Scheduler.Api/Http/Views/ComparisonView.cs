using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>A plan against the day on which it was made and against first come first served.</summary>
internal sealed record ComparisonView
{
    public required Guid Plan { get; init; }

    [Description("What sat when the plan was made.")]
    public required ComparedCountsView Today { get; init; }

    [Description("What the queue alone would serve: each request by its age takes the nearest block that still fits.")]
    public required ComparedCountsView FirstComeFirstServed { get; init; }

    [Description("What the plan serves.")]
    public required ComparedCountsView Planned { get; init; }

    public required ImmutableArray<ComparedSchoolView> Institutions { get; init; }

    [Description("The load of each pool and local day, in seat hours.")]
    public required ImmutableArray<ComparedDayView> Days { get; init; }

    [Description("For each request that is not served in full, the least capacity that would serve it with everything else of the plan left in place.")]
    public required ImmutableArray<ReceiptView> Receipts { get; init; }

    public static ComparisonView Of(PlanRow plan, ComparedPlan compared, Query query) => new()
    {
        Plan = plan.Id.Value,
        Today = ComparedCountsView.Of(compared.Today),
        FirstComeFirstServed = ComparedCountsView.Of(compared.FirstComeFirstServed),
        Planned = ComparedCountsView.Of(compared.Plan),
        Institutions = [.. compared.Schools.Select(ComparedSchoolView.Of)],
        Days = Loads(plan, compared, query),
        Receipts = [.. compared.Receipts.Select(row => ReceiptView.Of(row.Request, row.Receipt))],
    };

    /// <summary>The seats that were taken when the plan was made, and the difference that the plan makes to them.</summary>
    private static ImmutableArray<ComparedDayView> Loads(PlanRow plan, ComparedPlan compared, Query query)
    {
        var slots = compared.Slots.Where(slot => slot.Start < plan.Scope.To).ToLookup(slot =>
        {
            var pool = PoolId.Of(slot.Pool);
            return (pool, slot.Start.InZone(query.Catalogue.ZoneOf(pool)).Date);
        });
        return
        [
            .. compared.Days.Select(day => new ComparedDayView
            {
                Pool = day.Pool, Day = day.Day, Capacity = day.Capacity, Before = day.Taken,
                FirstComeFirstServed = day.Taken + slots[(day.Pool, day.Day)].Sum(slot => slot.FirstComeFirstServed - slot.Today),
                After = day.Taken + slots[(day.Pool, day.Day)].Sum(slot => slot.Plan - slot.Today),
            }),
        ];
    }
}
