using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>As <see cref="KilledPlan"/>, with PostgreSQL: the second process is killed at each message to the server.</summary>
[Collection(PostgresTests.Name)]
public sealed class KilledPlanOnPostgres(PostgresServer server)
{
    private readonly KilledSeason _season = new();

    [Fact]
    public async Task P4_a_plans_application_that_is_killed_at_any_step_on_PostgreSQL_is_as_if_no_part_had_begun_and_goes_on()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var killed = 0;
        for (var count = 1; ; count++)
        {
            var database = await server.Database(PostgresLedgerTests.Prepare);
            var (plan, bookings) = await _season.Make(new() { ConnectionString = database });
            var isComplete = await KilledSeason.IsComplete("sendto,sendmsg", count, $"\n{database}\n{plan}");
            await _season.ShouldBeWhole(new() { ConnectionString = database }, plan, bookings);
            if (isComplete)
                break;
            killed++;
        }

        killed.ShouldBeGreaterThanOrEqualTo(6, "each part begins, reads, writes and commits");
    }
}
