using Microsoft.Data.Sqlite;
using NodaTime;
using Scheduler.Api;
using Scheduler.Demo;

namespace Scheduler.Tests;

public sealed class CheckCommandTests
{
    [Fact]
    public async Task A_ledger_that_adds_up_is_reported_beside_its_running_server_and_a_spoilt_row_is_named()
    {
        await using var silo = await DemoSilo.Open();
        var pool = DemoFleet.Pools[0];
        await silo.Offer(pool, DemoSilo.Now);
        var (code, text, _) = await Check(silo.Settings.DataDirectory!);
        text.ShouldContain("All adds up");
        code.ShouldBe(0);

        await using var connection = new SqliteConnection($"Data Source={Path.Combine(silo.Settings.DataDirectory!, "ledger.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var spoil = connection.CreateCommand();
        spoil.CommandText = "update slots set booked = booked + 1 where minutes = (select min(minutes) from slots where capacity > 0)";
        (await spoil.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        (code, text, _) = await Check(silo.Settings.DataDirectory!);
        text.ShouldContain("1 seats are counted as booked, its bookings have 0");
        code.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_without_a_ledger_could_not_be_checked_and_a_wrong_setting_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-check-").FullName;
        var (code, _, fault) = await Check(folder);
        fault.ShouldStartWith("Could not check the ledger in");
        code.ShouldBe(2);
        (code, _, fault) = await Run("check", folder);
        fault.ShouldStartWith($"Could not check the ledger in {folder}");
        code.ShouldBe(2);
        Directory.Delete(folder, recursive: true);

        (code, _, fault) = await Run("check", "");
        fault.ShouldContain("a path has at least one visible character");
        code.ShouldBe(64);

        (code, _, fault) = await Check(folder, "--Scheduler:DataFolder=x");
        fault.ShouldContain("Scheduler__DataFolder is not a setting");
        code.ShouldBe(64);
    }

    [Fact]
    public async Task A_folder_on_the_command_line_wins_over_the_settings()
    {
        var empty = Directory.CreateTempSubdirectory("scheduler-check-").FullName;
        await using var silo = await DemoSilo.Open();
        var (code, text, _) = await Run("check", silo.Settings.DataDirectory!, $"--Scheduler:DataDirectory={empty}");
        text.ShouldContain($"All adds up in the ledger in {silo.Settings.DataDirectory}");
        code.ShouldBe(0);
        (code, _, var fault) = await Run("check", empty, $"--Scheduler:DataDirectory={silo.Settings.DataDirectory}");
        fault.ShouldContain("there is no ledger.db");
        code.ShouldBe(2);
        Directory.Delete(empty);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_not_available()
    {
        var (code, _, fault) = await Run("check", "--connection", "Host=/nowhere;Username=u;Database=d;Timeout=1");
        fault.ShouldStartWith("Could not check the ledger in PostgreSQL");
        code.ShouldBe(69);
        foreach (var wrong in (string[])["Hosst=x", "no connection string", "", "Database=d"])
        {
            (code, _, fault) = await Run("check", "--connection", wrong);
            fault.ShouldContain("connection string");
            code.ShouldBe(64);
        }
    }

    private static Task<(int Code, string Text, string Fault)> Check(string folder, params string[] more) =>
        Run(["check", $"--Scheduler:DataDirectory={folder}", .. more]);

    private static async Task<(int Code, string Text, string Fault)> Run(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandLine.Run(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
