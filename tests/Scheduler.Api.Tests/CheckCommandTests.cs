using Microsoft.Data.Sqlite;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

public sealed class CheckCommandTests
{
    [Fact]
    public async Task A_ledger_that_adds_up_is_told_beside_its_running_server_and_a_spoilt_row_is_named()
    {
        await using var house = await DemoHouse.Open();
        var pool = DemoFleet.Pools[0];
        await house.Offer(pool, DemoHouse.Now);
        var (code, text, _) = await Check(house.Settings.DataDirectory!);
        text.ShouldContain("All adds up");
        code.ShouldBe(0);

        await using var connection = new SqliteConnection($"Data Source={Path.Combine(house.Settings.DataDirectory!, "ledger.db")};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var spoil = connection.CreateCommand();
        spoil.CommandText = "update slots set booked = booked + 1 where minutes = (select min(minutes) from slots where capacity > 0)";
        (await spoil.ExecuteNonQueryAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
        (code, text, _) = await Check(house.Settings.DataDirectory!);
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
        Directory.Delete(folder, recursive: true);

        (code, _, fault) = await Check(folder, "--Scheduler:DataFolder=x");
        fault.ShouldContain("Scheduler__DataFolder is not a setting");
        code.ShouldBe(2);
    }

    private static async Task<(int Code, string Text, string Fault)> Check(string folder, params string[] more)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CheckCommand.Run([$"--Scheduler:DataDirectory={folder}", .. more], output, error);
        return (code, output.ToString(), error.ToString());
    }
}
