using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Grains;
using Scheduler.Solver;

namespace Scheduler.Tests;

/// <summary>Plans over HTTP, with the solver as a child process: what a run tells, how a run may end, and what stays after the process has ended.</summary>
public sealed class PlansTests
{
    // A child that reports a step and then works for longer than any test waits.
    private const string Busy = """echo '{"stage":"price","seconds":1.5,"value":7,"bound":9,"done":0.5}'; exec sleep 3600""";

    [Fact]
    public async Task A_plan_is_made_followed_shown_and_listed()
    {
        await using var api = await TestApi.Open();
        var made = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202);
        made.Member("status").ShouldBe("running");
        made.Header("Location").ShouldBe($"/api/v1/plans/{made.Member("id")}");
        var events = await Events(api, made.Member("id"));
        events[0].EventType.ShouldBe("progress");
        events[^1].EventType.ShouldBe("status");
        events[^1].Data.ShouldContain("\"status\":\"ready\"");
        var shown = (await api.Operator.Get($"/plans/{made.Member("id")}")).Must(200);
        shown.Member("status").ShouldBe("ready");
        shown.Root.GetProperty("progress").GetDouble().ShouldBe(1);
        shown.Header("ETag").ShouldBe("\"2\"");
        shown.Member("madeBy").ShouldBe((await api.Operator.Get("/me")).Must(200).Member("name"));
        var listed = (await api.Operator.Get("/plans")).Must(200).Root.GetProperty("items");
        listed[0].GetProperty("id").GetString().ShouldBe(made.Member("id"));
        using var file = new MemoryStream((await api.Operator.Get($"/plans/{made.Member("id")}/instance")).Must(200).Body);
        var instance = InstanceReader.Read(file, TestContext.Current.CancellationToken).ShouldBeOfType<InstanceReading.Read>().Instance;
        // The day of the scope, and the 48 hours that the longest block may reach beyond the scope.
        instance.Pools.ShouldHaveSingleItem().Slots.Count.ShouldBe(72);
        (await api.Operator.Delete($"/plans/{made.Member("id")}")).Must(204);
        (await api.Operator.Get($"/plans/{made.Member("id")}")).Must(200).Member("status").ShouldBe("cancelled");
        (await api.Operator.Post($"/plans/{made.Member("id")}/apply", null)).MustRefuse(409, "plan_not_ready");
        await api.MustAddUp();
    }

    [Fact]
    public async Task A_running_plan_tells_its_progress_keeps_its_pools_and_is_cancelled_once()
    {
        await using var api = await Open(Busy);
        var id = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202).Member("id");
        await foreach (var one in Follow(api, id))
        {
            if (one.EventType == "bound")
                break;
        }

        var shown = (await api.Operator.Get($"/plans/{id}")).Must(200);
        shown.Member("status").ShouldBe("running");
        shown.Root.GetProperty("progress").GetDouble().ShouldBe(0.15);
        (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).MustRefuse(409, "plan_running").Member("plan").ShouldBe(id);
        var all = SampleBodies.Samples["Plan"].DeepClone();
        all["pools"] = null;
        (await api.Operator.Post("/plans", all)).MustRefuse(409, "plan_running").Member("plan").ShouldBe(id);

        (await api.Operator.Delete($"/plans/{id}", ("If-Match", "\"7\""))).MustRefuse(412, "stale");
        (await api.Operator.Delete($"/plans/{id}", ("If-Match", "\"1\""))).Must(204);
        (await api.Operator.Delete($"/plans/{id}")).Must(204);
        shown = (await api.Operator.Get($"/plans/{id}")).Must(200);
        shown.Member("status").ShouldBe("cancelled");
        shown.Root.GetProperty("endedAt").GetString().ShouldNotBeNull();
        (await Events(api, id)).Select(one => one.EventType).ShouldBe(["progress", "incumbent", "bound", "status"]);
        (await api.Operator.Get($"/plans/{id}/instance")).MustRefuse(404, "not_found");
        (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202);
    }

    /// <summary>The ledger says that a plan was cancelled, but the answer of that commit was lost, so nobody has told the run.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_child_of_a_plan_ends_although_the_answer_of_the_cancel_was_lost(bool isRepeated)
    {
        var pid = Path.Combine(Directory.CreateTempSubdirectory("scheduler-child-").FullName, "pid");
        await using var api = await Open($"echo $$ > {pid}; {Busy}");
        var id = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202).Member("id");
        await foreach (var one in Follow(api, id))
        {
            if (one.EventType == "bound")
                break;
        }

        var number = int.Parse(await File.ReadAllTextAsync(pid), System.Globalization.CultureInfo.InvariantCulture);
        using var child = System.Diagnostics.Process.GetProcessById(number);
        var ledger = api.Services.GetRequiredService<Ledger.SeatLedger>();
        var plan = (await ledger.Read.Plan(new(Guid.Parse(id)), TestContext.Current.CancellationToken))!;
        var after = plan with { Status = Domain.PlanStatus.Cancelled, EndedAt = api.Clock.Now, Version = plan.Version + 1 };
        var outcome = await ledger.Commit(
            new()
            {
                Record = new()
                {
                    At = api.Clock.Now, Who = "start", Kind = Ledger.ChangeKind.PlanCancelled, Subject = id, Before = new Ledger.PlanSnapshot(plan),
                    After = new Ledger.PlanSnapshot(after),
                },
                Rows = [new Ledger.RowWrite.PlanPut(after)],
            },
            TestContext.Current.CancellationToken);
        outcome.ShouldBeOfType<Ledger.CommitOutcome.Committed>();
        // The repeat of the cancel ends the child. Without a repeat, the run finds out by itself.
        if (isRepeated)
        {
            (await api.Operator.Delete($"/plans/{id}")).Must(204);
            child.HasExited.ShouldBeTrue();
        }

        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        (await api.Operator.Get($"/plans/{id}")).Must(200).Member("status").ShouldBe("cancelled");
        Directory.Delete(Path.GetDirectoryName(pid)!, recursive: true);
    }

    /// <summary>The child is asked, and not killed, so it can write the best that it has found.</summary>
    [Fact]
    public async Task A_search_that_is_to_finish_early_asks_the_child_to_end()
    {
        await using var api = await Open("""
            trap 'exit 70' TERM
            echo '{"stage":"price","seconds":1.5,"value":7,"bound":9,"done":0.5}'
            while true; do sleep 0.05; done
            """);
        var id = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202).Member("id");
        await foreach (var one in Follow(api, id))
        {
            if (one.EventType == "bound")
                break;
        }

        (await api.Operator.Post($"/plans/{id}/finish", null, ("If-Match", "\"7\""))).MustRefuse(412, "stale");
        (await api.Operator.Post($"/plans/{id}/finish", null)).Must(202).Member("status").ShouldBe("running");
        (await Events(api, id))[^1].EventType.ShouldBe("status");
        var cause = (await api.Operator.Get($"/plans/{id}")).Must(200).Json["cause"]!;
        ((string)cause["code"]!, ((string)cause["detail"]!).Contains("70", StringComparison.Ordinal)).ShouldBe(("exit", true));
        (await api.Operator.Post($"/plans/{id}/finish", null)).Must(202).Member("status").ShouldBe("failed");

        // R15: the record says who ended the search. A plan that no longer runs is not ended again.
        var audit = (await api.Operator.Get($"/audit?subject=plan/{id}")).Must(200).Json["items"]!.AsArray();
        audit.Select(row => (string)row!["what"]!).ShouldBe(["plan_made", "plan_finished", "plan_ended"]);
        ((string?)audit[1]!["key"]).ShouldBe((string?)audit[0]!["key"]);
        (await api.Operator.Post($"/plans/{Guid.CreateVersion7()}/finish", null)).MustRefuse(404, "not_found");
    }

    [Theory]
    [InlineData("kill -9 $$", "signal")]
    [InlineData("echo no memory: bad_alloc >&2; kill -ABRT $$", "memory_limit")]
    [InlineData("exit 70", "exit")]
    [InlineData("echo {} > out.json", "wrong_plan")]
    public async Task A_solver_without_a_usable_plan_is_a_failed_plan_with_its_cause(string script, string code)
    {
        await using var api = await Open(script);
        var id = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202).Member("id");
        (await Events(api, id))[^1].Data.ShouldContain("\"status\":\"failed\"");
        var shown = (await api.Operator.Get($"/plans/{id}")).Must(200);
        shown.Member("status").ShouldBe("failed");
        shown.Root.GetProperty("cause").GetProperty("code").GetString().ShouldBe(code);
        // The season that was to be solved is kept, so that somebody can solve it elsewhere.
        (await api.Operator.Get($"/plans/{id}/instance")).Must(200);
        (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_makes_one_plan_and_a_key_belongs_to_all_calls_of_an_operator()
    {
        await using var api = await Open(Busy);
        var first = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"], ("Idempotency-Key", "once"))).Must(202);
        var again = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"], ("Idempotency-Key", "once"))).Must(202);
        again.Text.ShouldBe(first.Text);
        again.Header("Idempotency-Replayed").ShouldBe("true");
        (await api.Operator.Put("/pools/other", SampleBodies.Samples["Pool"], ("Idempotency-Key", "once"))).MustRefuse(422, "idempotency_key_reused");
        (await api.Operator.Put("/pools/other", SampleBodies.Samples["Pool"], ("Idempotency-Key", "pool"))).Must(200);
        var other = SampleBodies.Samples["Plan"].DeepClone();
        other["pools"] = new System.Text.Json.Nodes.JsonArray("other");
        (await api.Operator.Post("/plans", other, ("Idempotency-Key", "pool"))).MustRefuse(422, "idempotency_key_reused");
        (await api.Operator.Get("/plans")).Must(200).Root.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Only_so_many_plans_run_at_once()
    {
        await using var api = await Open(Busy);
        for (var pool = 0; pool <= Domain.Limits.RunningPlans; pool++)
        {
            (await api.Operator.Put($"/pools/p{pool}", SampleBodies.Samples["Pool"])).Must(200);
            var body = SampleBodies.Samples["Plan"].DeepClone();
            body["pools"] = new System.Text.Json.Nodes.JsonArray($"p{pool}");
            var reply = await api.Operator.Post("/plans", body);
            if (pool < Domain.Limits.RunningPlans)
                reply.Must(202);
            else
                reply.MustRefuse(409, "too_many_plans").Number("maxRunning").ShouldBe(Domain.Limits.RunningPlans);
        }
    }

    [Theory]
    [InlineData("""{"from":"2026-06-01T00:00:00Z","to":"2026-06-01T00:00:00Z"}""", "to")]
    [InlineData("""{"from":"2026-06-01T00:00:00Z","to":"2026-09-02T00:00:01Z"}""", "to")]
    [InlineData("""{"from":"2026-06-01T00:00:00Z","to":"2026-06-02T00:00:00Z","pools":[]}""", "pools")]
    [InlineData("""{"from":"2026-06-01T00:00:00Z","to":"2026-06-02T00:00:00Z","timeLimitSeconds":601}""", "timeLimitSeconds")]
    [InlineData("""{"from":"2026-06-01T00:00:00Z","to":"2026-06-02T00:00:00Z","movable":"all"}""", "movable")]
    public async Task A_scope_that_makes_no_sense_names_its_field(string body, string field)
    {
        await using var api = await TestApi.Open();
        var reply = (await api.Operator.Post("/plans", body)).MustRefuse(400, "invalid");
        reply.Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe([field]);
        var pools = SampleBodies.Samples["Plan"].DeepClone();
        pools["pools"] = new System.Text.Json.Nodes.JsonArray([.. Enumerable.Range(0, Domain.Limits.PlanPools + 1).Select(pool => $"p{pool}")]);
        (await api.Operator.Post("/plans", pools)).MustRefuse(400, "invalid");
        pools["pools"] = new System.Text.Json.Nodes.JsonArray("absent");
        (await api.Operator.Post("/plans", pools)).MustRefuse(404, "unknown_pool");
    }

    [Fact]
    public async Task A_plan_whose_server_was_killed_has_failed_and_frees_its_pools()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-killed-").FullName;
        string id;
        using (var server = await ServerProcess.Start(("Scheduler__DataDirectory", folder)))
        {
            var caller = server.As(TestApi.OperatorKey);
            (await caller.Put("/pools/office", SampleBodies.Samples["Pool"])).Must(200);
            var made = caller.Post("/plans", SampleBodies.Samples["Plan"]);
            id = (await made).Must(202).Member("id");
            // The solver's process needs several tenths of a second to start.
            server.Kill();
        }

        using (var server = await ServerProcess.Start(("Scheduler__DataDirectory", folder)))
        {
            var caller = server.As(TestApi.OperatorKey);
            var shown = (await caller.Get($"/plans/{id}")).Must(200);
            shown.Member("status").ShouldBe("failed");
            shown.Root.GetProperty("cause").GetProperty("code").GetString().ShouldBe("process_ended");
            (await caller.Post("/plans", SampleBodies.Samples["Plan"])).Must(202);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A table that cannot be read stands for a database that does not answer while the season is read.</summary>
    [Fact]
    public async Task A_plan_that_could_not_read_the_season_has_failed_by_the_database_and_not_by_its_process()
    {
        await using var api = await TestApi.Open();
        await Execute("alter table packs rename to packs_away");
        var id = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202).Member("id");
        (await Events(api, id))[^1].Data.ShouldContain("\"status\":\"failed\"");
        await Execute("alter table packs_away rename to packs");
        (await api.Operator.Get($"/plans/{id}")).Must(200).Root.GetProperty("cause").GetProperty("code").GetString().ShouldBe("ledger_unreachable");
        (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202);

        async Task Execute(string text)
        {
            await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
                $"Data Source={Directory.GetFiles(api.Folder, "*.db").Single()};Pooling=False");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = text;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_server_that_stops_in_order_ends_its_children_and_the_streams_of_events()
    {
        var api = await Open(Busy);
        var id = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202).Member("id");
        await using var stream = Follow(api, id).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        (await stream.MoveNextAsync()).ShouldBeTrue();
        await api.DisposeAsync();
        while (await stream.MoveNextAsync())
            stream.Current.Data.ShouldNotContain("ready");
    }

    private static Task<TestApi> Open(string script) =>
        TestApi.Open(configure: services => services.AddSingleton(new SolverProgram { File = "/bin/sh", Arguments = ["-c", script, "sh"] }));

    private static async Task<List<SseItem<string>>> Events(TestApi api, string id)
    {
        var events = new List<SseItem<string>>();
        await foreach (var one in Follow(api, id))
            events.Add(one);
        return events;
    }

    private static async IAsyncEnumerable<SseItem<string>> Follow(TestApi api, string id)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{api.Url}/api/v1/plans/{id}/events");
        request.Headers.Authorization = new("Bearer", TestApi.OperatorKey);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var parser = SseParser.Create(stream, (_, data) => Encoding.UTF8.GetString(data));
        await foreach (var one in parser.EnumerateAsync(TestContext.Current.CancellationToken))
            yield return one;
    }
}
