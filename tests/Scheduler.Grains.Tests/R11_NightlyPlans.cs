using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>
/// R11: the clock makes one plan of each night, in whatever order silos start and clocks tick. The silo has no solver, so the plans fail at once; a night has
/// one plan all the same.
/// </summary>
public sealed class R11_NightlyPlans
{
    private static readonly Instant _due = Instant.FromUtc(2026, 3, 3, 2, 30);

    [Fact]
    public async Task R11_without_a_policy_there_is_no_plan_and_with_one_each_night_has_one()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        silo.Clock.Set(_due);
        await Run(silo);
        (await Plans(silo)).ShouldBeEmpty();
        await Set(silo);
        for (var hours = 0; hours < 54; hours++)
        {
            silo.Clock.Set(_due + Duration.FromHours(hours));
            await Run(silo);
            await Run(silo);
            await silo.CollectIdleGrains();
        }

        var plans = await Plans(silo);
        plans.Select(plan => plan.Scope.From).ShouldBe([_due, _due + Duration.FromDays(1), _due + Duration.FromDays(2)]);
        plans.ShouldAllBe(plan => plan.MadeBy == "clock" && plan.Scope.To == plan.Scope.From + Duration.FromDays(42));
        var audit = await silo.Ledger.Read.Audit(
            new() { Subject = new(SubjectKind.Plan, plans[0].Id.ToString()) }, CancellationToken.None);
        audit!.Entries.Select(row => (row.Kind, row.Who)).ShouldBe([(ChangeKind.PlanMade, "clock"), (ChangeKind.PlanEnded, "clock")], ignoreOrder: true);
    }

    [Fact]
    public async Task R11_a_silo_that_starts_again_makes_no_second_plan_and_makes_up_for_a_night_that_is_not_long_ago()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-nights-").FullName;
        await using (var silo = await TestSilo.Open(folder, keepFolder: true, seasonClock: false))
        {
            await Set(silo);
            silo.Clock.Set(_due + Duration.FromMinutes(1));
            await Run(silo);
            (await Plans(silo)).Count.ShouldBe(1);
        }

        await using (var silo = await TestSilo.Open(folder, clock: new(_due + Duration.FromMinutes(2)), setUp: false, seasonClock: false))
        {
            await Run(silo);
            (await Plans(silo)).Count.ShouldBe(1);
            // Nobody ran in the second night until shortly before its end, and nobody in the third.
            silo.Clock.Set(_due + Duration.FromDays(1) + Duration.FromHours(Limits.NightlyPlanHours) - Duration.FromTicks(1));
            await Run(silo);
            silo.Clock.Set(_due + Duration.FromDays(2) + Duration.FromHours(Limits.NightlyPlanHours));
            await Run(silo);
            (await Plans(silo)).Select(plan => plan.Scope.From).ShouldBe([_due, _due + Duration.FromDays(1)]);
            silo.Clock.Set(_due + Duration.FromDays(3));
            await Run(silo);
            (await Plans(silo)).Count.ShouldBe(3);
        }
    }

    /// <summary>One tick of the clockwork. Then every plan that runs ends.</summary>
    private static async Task Run(TestSilo silo)
    {
        await silo.Grains.GetGrain<IClockworkGrain>(0).Run();
        foreach (var plan in await Plans(silo))
        {
            await foreach (var _ in silo.Grains.Plan(plan.Id).Watch())
            {
            }
        }
    }

    private static Task Set(TestSilo silo) => silo.Put(new PolicyEntry(Policy.Default with
    {
        NightlyPlan = new() { At = new(2, 30), Zone = DateTimeZone.Utc },
    }));

    private static async Task<List<PlanRow>> Plans(TestSilo silo)
    {
        var page = await silo.Ledger.Read.Plans(null, 100, CancellationToken.None);
        return [.. page!.Entries.OrderBy(plan => plan.Scope.From)];
    }
}
