using System.Globalization;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>The verbs backup and restore as an operator runs them: beside a server that takes bookings, and with everything that can be wrong.</summary>
public sealed class BackupCommandTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("scheduler-verbs-").FullName;

    private string Data => Path.Combine(_root, "data");

    private string Copy => Path.Combine(_root, "backup.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task P4_a_backup_beside_a_server_that_takes_bookings_is_served_by_another_server_with_all_that_was_acknowledged_before()
    {
        List<string> before = [];
        using (var server = await ServerProcess.Start(("Scheduler__DataDirectory", Data)))
        {
            var caller = server.As(TestApi.OperatorKey);
            await SmallPool.Everything(caller);
            for (var i = 0; i < 20; i++)
                before.Add(await Book(caller, i));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var booking = Task.Run(async () =>
            {
                for (var i = 20; !stop.IsCancellationRequested && i < 60; i++)
                    await Book(caller, i);
            }, Token);
            var (code, said) = await ServerProcess.Run(["backup", Copy], ("Scheduler__DataDirectory", Data));
            await stop.CancelAsync();
            await booking;
            code.ShouldBe(0, said);
            said.ShouldContain("""{"stage":"copy",""");
            said.ShouldContain("the check found nothing");
            (code, said) = await ServerProcess.Run(["restore", Copy, "--folder", Data, "--replace"]);
            code.ShouldBe(69);
            said.Trim().ShouldBe($"A process uses the data folder {Data}: stop the server, then restore.");
        }

        var fresh = Path.Combine(_root, "fresh");
        var (restored, line) = await Run("restore", Copy, "--folder", fresh);
        restored.ShouldBe(0, line);
        using (var server = await ServerProcess.Start(("Scheduler__DataDirectory", fresh)))
        {
            var caller = server.As(TestApi.OperatorKey);
            foreach (var id in before)
                (await caller.Get($"/bookings/{id}")).Must(200);
            (await ServerProcess.Run(["check", fresh])).Code.ShouldBe(0);
            (await Book(caller, 70)).ShouldNotBeEmpty();
        }
    }

    [Fact]
    public async Task A_restore_says_what_it_replaced_and_where_the_old_ledger_is()
    {
        await using (var api = await TestApi.Open())
        {
            (await Run("backup", Copy, "--folder", api.Folder)).Code.ShouldBe(0);
            (await Run("backup", Copy, "--folder", api.Folder))
                .ShouldBe((2, $"{Copy}: this exists already, and a back-up replaces nothing; give another name."));
        }

        (await Run("restore", Copy, "--folder", Data, "--progress", "none")).ShouldBe((0, ""));
        (await Run("restore", Copy, "--folder", Data))
            .ShouldBe((2, $"{Data} has a ledger already: give another --folder, or --replace to keep that ledger under another name."));
        var (code, said) = await Run("restore", Copy, "--folder", Data, "--replace");
        code.ShouldBe(0, said);
        said.ShouldContain($"The ledger from before is {Path.Combine(Data, "ledger-before-")}");
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_or_a_folder_is_one_sentence()
    {
        (await Run("backup", Copy, "--folder", Data)).ShouldBe((2, $"Could not back up the ledger in {Data}: there is no ledger.db."));
        await using (var api = await TestApi.Open())
        {
            var missing = Path.Combine(_root, "no", "backup.db");
            (await Run("backup", missing, "--folder", api.Folder))
                .ShouldBe((69, $"The ledger in {api.Folder} could not be backed up to {missing}: there is no such folder."));
            var inFile = Path.Combine(api.Folder, "ledger.lock", "backup.db");
            (await Run("backup", inFile, "--folder", api.Folder)).Code.ShouldBe(69);
        }

        (await Run("restore", Copy, "--folder", Data)).ShouldBe((2, $"{Copy}: there is no such file."));
        (await Run("restore", _root, "--folder", Data)).ShouldBe((2, $"{_root}: this is a folder; give the file of a back-up."));
        await File.WriteAllTextAsync(Copy, "A letter about exams.", Token);
        (await Run("restore", Copy, "--folder", Data)).ShouldBe((2, $"Could not restore {Copy}: this is not a ledger of Scheduler."));
        Directory.Exists(Data).ShouldBeFalse();
        await File.WriteAllTextAsync(Data, "a file", Token);
        (await Run("backup", Path.Combine(_root, "b"), "--folder", " ")).Code.ShouldBe(64);
        (await Run("restore", "", "--folder", Data)).Code.ShouldBe(64);
        (await Run("backup", Copy, "--ConnectionStrings:Ledger=Host=db")).Said.ShouldContain("pg_dump");
        (await Run("restore", Copy, "--ConnectionStrings:Ledger=Host=db")).Code.ShouldBe(64);
        Directory.GetFiles(_root).Order().ShouldBe([Copy, Data]);
    }

    [Fact]
    public async Task A_folder_whose_restore_did_not_end_is_opened_by_no_verb()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "ledger.restore"), "ledger-before-20270104T120000000Z.db", Token);
        var sentence = $"A restore into the data folder '{Data}' did not end, so nothing opens its ledger: run 'restore' again with the back-up; "
            + "the ledger from before is kept there as ledger-before-20270104T120000000Z.db.";
        (await Run("backup", Copy, "--folder", Data)).ShouldBe((69, sentence));
        (await Run("serve", "--urls", "http://127.0.0.1:0", $"--Scheduler:DataDirectory={Data}")).ShouldBe((69, sentence));
        File.Exists(Path.Combine(Data, "ledger.db")).ShouldBeFalse();
    }

    private static async Task<string> Book(ApiClient caller, int i)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"backup-{i}");
        var body = SmallPool.Booking(SmallPool.Slot(60 + (i / 15), 9 + (i % 3)), 1);
        return (await caller.Post("/institutions/a/bookings", body, ("Idempotency-Key", key))).Must(201).Member("id");
    }

    private static async Task<(int Code, string Said)> Run(params string[] args)
    {
        await using var writer = new StringWriter();
        var code = await CommandLine.Run(args, writer, writer);
        return (code, writer.ToString().Trim());
    }
}
