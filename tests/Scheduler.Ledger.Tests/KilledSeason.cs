using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>
/// A season of four full slots and two empty ones, and the process that applies a plan and is killed. The plan has two parts. Each part swaps two bookings of
/// two schools, and places a request that is split over the two empty slots, as far as its vouchers and seats go.
/// </summary>
internal sealed class KilledSeason
{
    public const string Variable = "SCHEDULER_TEST_PLAN";
    public const int PartSize = 4;
    private const int Moves = 2;
    public static readonly Instant Now = Instant.FromUtc(2027, 1, 4, 12, 0);
    private readonly TestClock _clock = new(Now);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Four schools whose bookings fill four slots, two requests, and a plan of two parts.</summary>
    public async Task<(PlanId Plan, ImmutableArray<Booking> Bookings)> Make(LedgerSettings settings)
    {
        await using var ledger = await SeatLedger.Open(settings, _clock, NullLoggerFactory.Instance, Token);
        var season = new PlanSeason(ledger, _clock.Now);
        await season.Make(hours: 6, capacity: 30, schools: 4);
        var bookings = ImmutableArray.CreateBuilder<Booking>();
        for (var i = 0; i < 4; i++)
            bookings.Add(await season.Book(i + 1, i, 30));
        var entries = ImmutableArray.CreateBuilder<PlanEntry>();
        for (var part = 0; part < 2; part++)
        {
            // The first school of the part also asks for 20 seats, and gets 8 and 7 of them.
            var request = await season.Ask((part * Moves) + 1, 20, minGroup: 5);
            for (var i = part * Moves; i < (part + 1) * Moves; i++)
                entries.Add(PlanSeason.Move(bookings[i], i ^ 1));
            entries.Add(PlanSeason.Place(request, 4, 8));
            entries.Add(PlanSeason.Place(request, 5, 7));
        }

        return ((await season.Ready(entries.ToImmutable())).Id, bookings.ToImmutable());
    }

    /// <summary>Each part is applied or not, as the plan's row says, and nothing else has changed. Then the rest of the plan is applied.</summary>
    public async Task ShouldBeWhole(LedgerSettings settings, PlanId id, ImmutableArray<Booking> bookings)
    {
        await using var ledger = await SeatLedger.Open(settings, _clock, NullLoggerFactory.Instance, Token);
        var plan = (await ledger.Read.Plan(id, Token)).ShouldNotBeNull();
        (plan.Applied, plan.Stale.Length).ShouldBe((plan.PartsApplied * PartSize, 0));
        var entries = PlanEntriesText.Read((await ledger.Read.PlanFile(id, PlanFileKind.Entries, Token))!.Value);
        await ShouldBeApplied(ledger, plan.PartsApplied, bookings, entries);
        (await LedgerCheck.Run(settings, Token)).ShouldBeEmpty();
        var season = new PlanSeason(ledger, _clock.Now);
        if (plan.Status == PlanStatus.Ready)
            plan = (await season.Done(await season.Application(plan, entries, plan.Applied))).Applied!.Plan;
        (plan.Status, plan.Applied).ShouldBe((PlanStatus.Applied, 2 * PartSize));
        await ShouldBeApplied(ledger, 2, bookings, entries);
        (await LedgerCheck.Run(settings, Token)).ShouldBeEmpty();
    }

    private static async Task ShouldBeApplied(SeatLedger ledger, int parts, ImmutableArray<Booking> bookings, ImmutableArray<PlanEntry> entries)
    {
        for (var i = 0; i < bookings.Length; i++)
        {
            var isApplied = i < parts * Moves;
            var booking = (await ledger.Read.Booking(bookings[i].Id, Token)).ShouldNotBeNull();
            (booking.Sitting.Start, booking.Version).ShouldBe((Making.Slot(isApplied ? i ^ 1 : i).Start, isApplied ? 2 : 1));
            (await ledger.Read.Slot(Making.Slot(i), Token)).Booked.ShouldBe(30);
        }

        (await ledger.Read.Slot(Making.Slot(4), Token)).Booked.ShouldBe(8 * parts);
        (await ledger.Read.Slot(Making.Slot(5), Token)).Booked.ShouldBe(7 * parts);
        for (var part = 0; part < 2; part++)
        {
            var isApplied = part < parts;
            var asked = ((PlanEntry.Placement)entries[(part * PartSize) + Moves]).Request;
            var request = (await ledger.Read.Request(asked, Token)).ShouldNotBeNull();
            (request.Status, request.PlacedSeats, request.Version, request.Bookings.Length)
                .ShouldBe((RequestStatus.Queued, isApplied ? 15 : 0, isApplied ? 3 : 1, isApplied ? 2 : 0));
            var rows = await ledger.Read.Institution(request.Institution, Now, 0, Token);
            rows.State.Bookings.Values.Where(booking => request.Bookings.Contains(booking.Id)).Sum(booking => booking.Sitting.Seats)
                .ShouldBe(request.PlacedSeats);
            rows.State.Bookings.Count.ShouldBe(isApplied ? 3 : 1);
            rows.State.Packs.Values.Single().Taken.ShouldBe(30 + request.PlacedSeats);
        }
    }

    /// <summary>Runs the child, which is killed at this call of the system after it is ready. True when the child ended before that call.</summary>
    public static async Task<bool> IsComplete(string step, int count, string words)
    {
        var own = ChildTest.Command<KilledPlan>(nameof(KilledPlan.Child_that_applies_a_plan));
        var start = new ProcessStartInfo(own[0], own.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[Variable] = words;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var child = Process.Start(start)!;
        var first = new StringBuilder();
        while (await child.StandardOutput.ReadLineAsync(Token) is var line && line != "ready")
            first.AppendLine(line.ShouldNotBeNull(first.ToString()));
        string[] arguments =
        [
            "-f", "-p", child.Id.ToString(CultureInfo.InvariantCulture), "-o", "/dev/null", "-e", $"trace={step}", "-e",
            string.Create(CultureInfo.InvariantCulture, $"inject={step}:signal=KILL:when={count}"),
        ];
        using var tracer = Process.Start(new ProcessStartInfo("/usr/bin/strace", arguments) { RedirectStandardError = true })!;
        // The tracer says that it is attached to all threads.
        (await tracer.StandardError.ReadLineAsync(Token)).ShouldNotBeNull().ShouldContain("attached");
        await child.StandardInput.WriteLineAsync("go");
        var said = await child.StandardOutput.ReadToEndAsync(Token);
        await child.WaitForExitAsync(Token);
        await tracer.StandardError.ReadToEndAsync(Token);
        await tracer.WaitForExitAsync(Token);
        if (child.ExitCode is not (0 or 137))
            throw new InvalidOperationException(said);
        return child.ExitCode == 0;
    }
}
