using System.Collections.Immutable;
using FsCheck.Xunit;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R4: which entries are dropped until the others fit together, compared with a definition that counts everything anew after each drop.</summary>
public sealed class R04_PlanGroups
{
    private static readonly OperatorAct _act = new(OperatorActKind.Moved, Scene.Now, "plan");

    [Property(Arbitrary = [typeof(PlanScene)], MaxTest = 1_000)]
    public void R04_the_entries_that_are_left_are_those_of_the_definition(PlanScene scene)
    {
        var (basis, entries) = scene.Make();
        var steps = Steps(basis, entries);
        var group = new PlanGroup(Trial(basis), steps);
        group.DropUntilWhole();
        var left = Left(basis, Trial(basis), [.. steps]);
        group.Steps.Select(step => step.Index).ShouldBe(left.Select(step => step.Index));
        group.Fits().SelectMany(fit => fit.Applied).Select(entry => entry.Index).Order().ShouldBe(left.Select(step => step.Index));
    }

    [Fact]
    public void R04_a_drop_looks_again_only_at_the_entries_that_share_a_slot()
    {
        // 1,000 requests, four for each of 250 hours with room for one of them.
        const int requests = 1_000, each = 4;
        var looks = 0;
        var steps = Enumerable.Range(0, requests).Select(Request).ToList();
        var needs = new PlanNeeds(steps, _ =>
        {
            looks++;
            return 0;
        });
        var dropped = new HashSet<int>();
        while (dropped.Count < requests / 2)
        {
            var least = needs.Least;
            dropped.Add(least).ShouldBeTrue();
            needs.Drop(steps[least]);
        }

        dropped.Min().ShouldBe(requests / 2);
        looks.ShouldBeLessThanOrEqualTo(requests + (dropped.Count * (each - 1)));

        static PlanStep Request(int index) => new(
            index,
            new PlanEntry.Placement(RequestId.New(), 1, Scene.PoolId, PlanScene.Hour(index / each), 1, []) { Institution = Scene.SchoolId },
            null, Scene.Terms);
    }

    private static PlanTrial Trial(PlanBasis basis) => new(basis, _act, BookingId.New);

    private static List<PlanStep> Steps(PlanBasis basis, ImmutableArray<PlanEntry> entries)
    {
        var steps = new List<PlanStep>();
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i] is PlanEntry.Move move)
            {
                var booking = basis.States[move.Institution].Bookings[move.Booking];
                steps.Add(new(i, move, booking, booking.Sitting.Terms));
            }
            else
            {
                steps.Add(new(i, entries[i], null, Scene.Terms));
            }
        }

        return steps;
    }

    /// <summary>The definition: see <see cref="PlanGroups"/>.</summary>
    private static List<PlanStep> Left(PlanBasis basis, PlanTrial trial, List<PlanStep> steps)
    {
        while (true)
        {
            var slots = steps.SelectMany(step => step.Seats.Keys).Distinct().Order().ToList();
            if (slots.Exists(slot => Missing(slot, steps) > 0))
            {
                steps.Remove(steps.Where(step => step.Seats.Any(pair => pair.Value > 0 && Missing(pair.Key, steps) > 0))
                    .MinBy(step => (step.Seats.Keys.Sum(slot => Missing(slot, [.. steps.Where(other => other != step)])
                        - Missing(slot, steps)), -step.Index))!);
                continue;
            }

            var refused = steps.GroupBy(step => step.Institution).Select(own => trial.Rules([.. own]).Refused?.Step).FirstOrDefault(step => step is not null);
            if (refused is null)
                return steps;
            steps.Remove(refused);
        }

        long Missing(SlotHour slot, List<PlanStep> all) => all.Exists(step => step.Seats.GetValueOrDefault(slot) > 0)
            ? Math.Max(0, all.Sum(step => (long)step.Seats.GetValueOrDefault(slot)) - basis.Slots.GetValueOrDefault(slot).Free)
            : 0;
    }
}
