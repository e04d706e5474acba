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
/// A second process that applies a plan in two parts, and is killed at each of its steps: at each write and flush of the log on SQLite, at each message to the
/// server on PostgreSQL. Each part swaps the full slots of two schools.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class KilledPlan(PostgresServer server) : IDisposable
{
    private const string Variable = "SCHEDULER_TEST_PLAN";
    private const int PartSize = 2;
    private readonly string _root = Directory.CreateTempSubdirectory("scheduler-plan-").FullName;
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("pwrite64", 8)]
    [InlineData("/^f(data)?sync$", 2)]
    public async Task P4_a_plans_application_that_is_killed_at_any_step_on_SQLite_is_as_if_no_part_had_begun_and_goes_on(string step, int atLeast)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        var made = Path.Combine(_root, "made");
        var (plan, bookings) = await Make(new() { DataDirectory = made });
        var killed = 0;
        for (var count = 1; ; count++)
        {
            var folder = Path.Combine(_root, $"killed-{count}");
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.GetFiles(made, $"{SqliteFolder.FileName}*"))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            var isComplete = await IsComplete(step, count, $"{folder}\n\n{plan}");
            await ShouldBeWhole(new() { DataDirectory = folder }, plan, bookings);
            Directory.Delete(folder, recursive: true);
            if (isComplete)
                break;
            killed++;
        }

        killed.ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    [Fact]
    public async Task P4_a_plans_application_that_is_killed_at_any_step_on_PostgreSQL_is_as_if_no_part_had_begun_and_goes_on()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var killed = 0;
        for (var count = 1; ; count++)
        {
            var database = await server.Database(PostgresLedgerTests.Prepare);
            var (plan, bookings) = await Make(new() { ConnectionString = database });
            var isComplete = await IsComplete("sendto,sendmsg", count, $"\n{database}\n{plan}");
            await ShouldBeWhole(new() { ConnectionString = database }, plan, bookings);
            if (isComplete)
                break;
            killed++;
        }

        killed.ShouldBeGreaterThanOrEqualTo(6, "each part begins, reads, writes and commits");
    }

    /// <summary>The child itself. Runs only when asked for by name.</summary>
    [Fact(Explicit = true)]
    public async Task Child_that_applies_a_plan()
    {
        var words = Environment.GetEnvironmentVariable(Variable)!.Split('\n');
        var settings = words[1].Length > 0 ? new LedgerSettings { ConnectionString = words[1], Committers = 1 } : new() { DataDirectory = words[0] };
        await using var ledger = await SeatLedger.Open(settings, _clock, NullLoggerFactory.Instance, Token);
        var plan = (await ledger.Read.Plan(new(Guid.Parse(words[2])), Token)).ShouldNotBeNull();
        var entries = PlanEntriesText.Read((await ledger.Read.PlanFile(plan.Id, PlanFileKind.Entries, Token))!.Value);
        var season = new PlanSeason(ledger, _clock.Now);
        Change[] parts =
        [
            await season.Application(plan, entries, 0, PartSize), await season.Application(plan, entries, PartSize),
        ];
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        output.WriteLine("ready");
        Console.In.ReadLine();
        var first = (await season.Done(parts[0])).Applied!.Plan;
        await season.Done(parts[1] with { Application = parts[1].Application! with { Plan = first } });
    }

    /// <summary>Four schools whose bookings fill four slots, and a plan of two swaps.</summary>
    private async Task<(PlanId Plan, ImmutableArray<Booking> Bookings)> Make(LedgerSettings settings)
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
    private async Task ShouldBeWhole(LedgerSettings settings, PlanId id, ImmutableArray<Booking> bookings)
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
    private static async Task<bool> IsComplete(string step, int count, string words)
    {
        var isDotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        var start = new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                .. isDotnet ? new[] { typeof(KilledPlan).Assembly.Location } : [],
                "-explicit", "only", "-method", $"{typeof(KilledPlan).FullName}.{nameof(Child_that_applies_a_plan)}",
            ])
        { RedirectStandardInput = true, RedirectStandardOutput = true };
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
