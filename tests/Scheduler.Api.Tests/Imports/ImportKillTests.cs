namespace Scheduler.Tests;

/// <summary>An application of an import that kill -9 cuts short goes on when it is asked for again, and does no row twice.</summary>
public sealed class ImportKillTests
{
    [Fact]
    public async Task R13_an_application_that_is_killed_in_the_middle_goes_on_and_makes_every_school_once()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-kill-").FullName;
        try
        {
            string path;
            using (var server = await ServerProcess.Start(("Scheduler__DataDirectory", folder)))
            {
                var caller = server.As(TestApi.OperatorKey);
                path = $"/imports/{(await caller.Post("/imports", ImportFiles.Body(ImportFiles.ThreeHundred))).Must(201).Member("id")}";
                var apply = caller.Post($"{path}/apply", null, ("Idempotency-Key", "apply"));
                // The kill comes in the middle: when some schools are there, and before the answer.
                while (await Count(caller) < 40)
                    apply.IsCompleted.ShouldBeFalse();
                server.Kill();
                await Should.ThrowAsync<HttpRequestException>(apply);
            }

            using (var server = await ServerProcess.Start(("Scheduler__DataDirectory", folder)))
            {
                var caller = server.As(TestApi.OperatorKey);
                (await caller.Get(path)).Must(200).Member("status").ShouldBe("applying");
                (await Count(caller)).ShouldBeInRange(40, 287);
                var applied = (await caller.Post($"{path}/apply", null, ("Idempotency-Key", "apply"))).Must(200);
                (applied.Member("status"), applied.Number("applied"), applied.Number("failed")).ShouldBe(("applied", 288, 0));
                var schools = (await ApiClient.Must(caller.Get("/institutions?limit=500")))["items"]!.AsArray();
                schools.Count.ShouldBe(288);
                schools.ShouldAllBe(school => (int)school!["version"]! == 1);
                server.Kill();
            }

            (await Scheduler.Ledger.LedgerCheck.Run(new() { DataDirectory = folder }, TestContext.Current.CancellationToken)).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> Count(ApiClient caller) => (await ApiClient.Must(caller.Get("/institutions?limit=500")))["items"]!.AsArray().Count;
}
