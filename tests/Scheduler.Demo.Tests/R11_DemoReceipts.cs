using NodaTime;
using Scheduler.Demo;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Tests;

/// <summary>R11: what a plan of the demonstration's first peak tells its unserved requests, added up again by code of the tests alone.</summary>
public sealed class R11_DemoReceipts(LoadedDemo demo, ITestOutputHelper output)
{
    // A fraction of the normal amount of work. The receipts of any plan must be true, and this plan leaves more requests unserved.
    private const double Effort = 0.05;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R11_with_a_receipt_each_unserved_request_of_the_first_peak_is_served_and_with_one_seat_less_it_is_not()
    {
        var dates = new DemoDates(DemoSeason.Today(DemoSilo.Now));
        var (from, to) = (At(dates.FirstPeakFrom), At(dates.FirstPeakTo.PlusDays(1)));
        var scope = new PlanScope([.. demo.Silo.Catalogue.Current.Pools.Keys.Order()], from, to, 30, MovesBookings: true);
        var cut = await demo.Silo.Ledger.Read.SeasonCut(scope, DemoSilo.Now, Token);
        var season = PlanInstance.Of(cut, scope, DemoSilo.Now);
        var plan = PlanSolver.Solve(season.Instance, new() { Effort = Effort }, null, null, Token);
        var result = PlanResults.Of(season, plan, Receipts.Each(season.Instance, plan));
        var room = new ReceiptRoom(season.Instance, plan);
        var (checkedSeats, split, unproven) = (0, 0, 0);
        foreach (var unserved in result.Unserved)
        {
            var name = unserved.Request.ToString();
            if (unserved.Receipt is not { } receipt)
            {
                // No machines help: vouchers are missing, the school is not ready, or no start is left.
                (unserved.VouchersShort > 0 || unserved.Reason is "not_ready" or "no_candidates" or "not_worth_it" or "below_min_group")
                    .ShouldBeTrue($"{name} {unserved.Reason} has no receipt");
                continue;
            }

            room.Fits(name, receipt.Where, receipt.LimitSeats).ShouldBeTrue($"{name} does not fit with {receipt}");
            split += season.Instance.Requests[season.Rows[name].Index].MinGroup is null ? 0 : 1;
            unproven += receipt.IsLeast ? 0 : 1;
            if (!receipt.IsLeast)
                continue;
            foreach (var range in receipt.Where)
            {
                for (var start = range.From; start < range.To; start += Duration.FromHours(1))
                {
                    room.Fits(name, [.. receipt.Where, new(range.Pool, start, start + Duration.FromHours(1), -1)], receipt.LimitSeats)
                        .ShouldBeFalse($"{name} fits with one seat less at {start} than {receipt}");
                    checkedSeats++;
                }
            }

            if (receipt.LimitSeats > 0)
                room.Fits(name, receipt.Where, receipt.LimitSeats - 1).ShouldBeFalse($"{name} fits with a lower limit than {receipt}");
        }

        output.WriteLine($"{result.Unserved.Length} unserved, {checkedSeats} hours with one seat less, {split} split requests, {unproven} unproven");
        checkedSeats.ShouldBeGreaterThan(200);
        split.ShouldBeGreaterThan(5);
        unproven.ShouldBeLessThan(5);
    }

    private static Instant At(LocalDate day) => day.AtMidnight().InUtc().ToInstant();
}
