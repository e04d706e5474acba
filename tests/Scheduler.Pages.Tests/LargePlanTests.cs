using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>The pages of a plan of 1,000 moves, 300 schools and 900 unserved requests: what they show is bounded, and comes from the plan's own file.</summary>
public sealed partial class LargePlanTests
{
    private const int Moves = 1_000;
    private const int Unserved = 900;

    [Fact]
    public async Task The_pages_of_a_large_plan_are_bounded_and_their_lists_have_pages()
    {
        await using var api = await TestApi.Open();
        var id = await Write(api);
        using var operators = new PageClient(api.Url);
        await operators.SignIn(TestApi.OperatorKey);
        var (_, compare, _) = await operators.Get($"/plans/{id}");
        Rows().Count(compare).ShouldBeLessThan(600);
        compare.Length.ShouldBeLessThan(250_000);
        compare.ShouldContain("1,000 bookings move");
        compare.ShouldContain("292 more schools");
        var (_, moves, _) = await operators.Get($"/plans/{id}/moves?sort=seats&page=10");
        moves.ShouldContain("901 to 1,000 of 1,000");
        Regex.Count(moves, "later</span>").ShouldBe(100);
        (await operators.Get($"/plans/{id}/moves?page=0")).Text.ShouldContain("1 to 100 of 1,000");
        (await operators.Get($"/plans/{id}/unserved?page=9")).Text.ShouldContain("801 to 900 of 900");
        (await operators.Get($"/plans/{id}/schools?page=3")).Text.ShouldContain("201 to 300 of 300");
        (await operators.Get($"/plans/{Guid.CreateVersion7()}/moves")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private static async Task<PlanId> Write(TestApi api)
    {
        var (from, id) = (Instant.FromUtc(2026, 6, 1, 12, 0), PlanId.New());
        var (pool, exam) = (PoolId.Of(Schools.Pool), ExamId.Of(Schools.Exam));
        InstitutionId School(int k) => InstitutionId.Of($"school-{k % 300}");
        var result = new PlanResult
        {
            ServedSeats = 9_000, RequestedSeats = 10_000, Value = 8_900, Bound = 8_950, Gap = 50.0 / 8_950, WorstInstitutionRatio = 0.5,
            MeanDisplacementHours = 1.5, IsCutShort = false, Placements = [],
            Moves =
            [
                .. Enumerable.Range(0, Moves).Select(k => new PlannedMove(
                    BookingId.New(), School(k), pool, from + Duration.FromHours(k % 8), from + Duration.FromHours((k % 8) + 2), 1 + (k % 30)) { Exam = exam }),
            ],
            Unserved =
            [
                .. Enumerable.Range(0, Unserved).Select(k => new UnservedRequest(RequestId.New(), School(k), 1 + (k % 20), "full", []) { Exam = exam }),
            ],
            Schools = [.. Enumerable.Range(0, 300).Select(k => new SchoolFigures(School(k), 30, 30, 10 + (k % 10), 20 + (k % 10), 3))],
            Hours =
            [
                .. Enumerable.Range(0, 28 * 24).Select(k => new PlanHour(pool, from + Duration.FromHours(k), 100, k % 100, (k * 7) % 100, (k * 11) % 150)),
            ],
        };
        var row = new PlanRow
        {
            Id = id, Status = PlanStatus.Ready, Scope = new([pool], from, from + Duration.FromDays(28), 30, MovesBookings: true), MadeBy = "start",
            MadeAt = api.Clock.Now, EndedAt = api.Clock.Now,
        };
        var outcome = await api.Services.GetRequiredService<SeatLedger>().Commit(
            new()
            {
                Record = new() { At = api.Clock.Now, Who = "start", Kind = ChangeKind.PlanMade, Subject = id.ToString(), After = new PlanSnapshot(row) },
                Rows = [new RowWrite.PlanPut(row), new RowWrite.PlanFile(id, PlanFileKind.Result, PlanResultText.Write(result))],
            },
            TestContext.Current.CancellationToken);
        outcome.ShouldBeOfType<CommitOutcome.Committed>();
        return id;
    }

    [GeneratedRegex("<tr>|<tr ")]
    private static partial Regex Rows();
}
