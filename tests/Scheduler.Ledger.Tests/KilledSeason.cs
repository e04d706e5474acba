using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>A season of four full slots with a plan of two swaps, and the process that applies the plan and is killed.</summary>
internal sealed class KilledSeason
{
    public const string Variable = "SCHEDULER_TEST_PLAN";
    public const int PartSize = 2;
    public static readonly Instant Now = Instant.FromUtc(2027, 1, 4, 12, 0);
    private readonly TestClock _clock = new(Now);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Four schools whose bookings fill four slots, and a plan of two swaps.</summary>
    public async Task<(PlanId Plan, ImmutableArray<Booking> Bookings)> Make(LedgerSettings settings)
    {
        await using var ledger = await SeatLedger.Open(settings, _clock, NullLoggerFactory.Instance, Token);
        var season = new PlanSeason(ledger, _clock.Now);
        await season.Make(hours: 4, capacity: 30, schools: 4);
        var bookings = ImmutableArray.CreateBuilder<Booking>();
        for (var i = 0; i < 4; i++)
            bookings.Add(await season.Book(i + 1, i, 30));
        ImmutableArray<PlanEntry> entries = [.. bookings.Select((booking, i) => PlanSeason.Move(booking, i ^ 1))];
        return ((await season.Ready(entries)).Id, bookings.ToImmutable());
    }

    /// <summary>Each part is applied or not, as the plan's row says, and nothing else has changed. Then the rest of the plan is applied.</summary>
    public async Task ShouldBeWhole(LedgerSettings settings, PlanId id, ImmutableArray<Booking> bookings)
    {
        await using var ledger = await SeatLedger.Open(settings, _clock, NullLoggerFactory.Instance, Token);
        var plan = (await ledger.Read.Plan(id, Token)).ShouldNotBeNull();
        (plan.Applied, plan.Stale.Length).ShouldBe((plan.PartsApplied * PartSize, 0));
        for (var i = 0; i < bookings.Length; i++)
        {
            var isApplied = i < plan.Applied;
            var booking = (await ledger.Read.Booking(bookings[i].Id, Token)).ShouldNotBeNull();
            (booking.Sitting.Start, booking.Version).ShouldBe((Making.Slot(isApplied ? i ^ 1 : i).Start, isApplied ? 2 : 1));
            (await ledger.Read.Slot(Making.Slot(i), Token)).Booked.ShouldBe(30);
        }

        (await LedgerCheck.Run(settings, Token)).ShouldBeEmpty();
        var season = new PlanSeason(ledger, _clock.Now);
        var entries = PlanEntriesText.Read((await ledger.Read.PlanFile(id, PlanFileKind.Entries, Token))!.Value);
        if (plan.Status == PlanStatus.Ready)
            plan = (await season.Done(await season.Application(plan, entries, plan.Applied))).Applied!.Plan;
        (plan.Status, plan.Applied).ShouldBe((PlanStatus.Applied, 4));
        (await LedgerCheck.Run(settings, Token)).ShouldBeEmpty();
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
