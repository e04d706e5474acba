using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>The conditions of a change (If-Match, If-None-Match) and the id in its path, on every route that changes something.</summary>
public sealed class ConditionsTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task Every_change_takes_If_Match_or_says_that_it_takes_none()
    {
        await using var api = await TestApi.Open();
        // The slot of the sample request is full, so that a request waits.
        await ApiClient.Must(api.Operator.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(NodaTime.Instant.FromUtc(2026, 6, 3, 14, 0), 1_000)));
        foreach (var route in ApiRoute.All.Where(route => !route.Reads))
        {
            var path = route.Path.Replace("{id}", await Subject(api, route), StringComparison.Ordinal)
                + (route.Facts.Query.Contains("from") ? "?from=2026-12-07T13:00:00Z&to=2026-12-07T22:00:00Z" : "");
            foreach (var (header, value) in new[] { ("If-Match", "\"999\""), ("If-None-Match", "*") })
            {
                var reply = await api.Operator.Send(route.Method, path, SampleBodies.Sample(route), (header, value));
                if (route.Facts.IsMaking)
                    reply.MustRefuse(400, "invalid").Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe([header], route.ToString());
                else
                    reply.Code.ShouldBe("stale", $"{route} {header}: {reply}");
            }
        }
    }

    [Fact]
    public async Task If_None_Match_makes_an_entry_once_and_replaces_none()
    {
        await using var api = await TestApi.Open();
        foreach (var (kind, name) in new[] { ("Pool", "pools"), ("Exam", "exams"), ("Season", "seasons"), ("Institution", "institutions") })
        {
            (await api.Operator.Put($"/{name}/new", SampleBodies.Samples[kind], ("If-None-Match", "*"))).Must(200).Header("ETag").ShouldBe("\"1\"");
            (await api.Operator.Put($"/{name}/new", SampleBodies.Samples[kind], ("If-None-Match", "*"))).MustRefuse(412, "stale");
            (await api.Operator.Put($"/{name}/new", SampleBodies.Samples[kind], ("If-None-Match", "\"1\""))).MustRefuse(400, "invalid")
                .Json["errors"]!.AsObject().ShouldContainKey("If-None-Match");
            (await api.Operator.Put($"/{name}/new", SampleBodies.Samples[kind], ("If-None-Match", "*"), ("If-Match", "\"1\""))).MustRefuse(400, "invalid");
            (await api.Operator.Put($"/{name}/other", SampleBodies.Samples[kind], ("If-Match", "\"0\""))).MustRefuse(412, "stale");
        }
    }

    [Theory]
    [InlineData("Tor")]
    [InlineData("tor onto")]
    [InlineData("-tor")]
    [InlineData("%ff")]
    public async Task A_bad_id_in_the_path_is_one_fault_of_the_path_and_blames_no_right_field(string id)
    {
        await using var api = await TestApi.Open();
        var routes = ApiRoute.All.Where(route => route.Method == "PUT" && route.Facts.Body?.GetProperty("Id") is not null).ToList();
        routes.Count.ShouldBeGreaterThan(3);
        foreach (var route in routes)
        {
            foreach (var repeated in new[] { null, Uri.UnescapeDataString(id), "tor" })
            {
                var body = SampleBodies.Sample(route)!;
                if (repeated is not null)
                    body["id"] = repeated;
                var reply = await api.Operator.Send(route.Method, route.Path.Replace("{id}", id, StringComparison.Ordinal), body);
                var error = reply.MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldHaveSingleItem();
                error.Key.ShouldBe("id");
                ((string)error.Value!.AsArray().ShouldHaveSingleItem()!).ShouldContain("in the path");
            }
        }
    }

    [Fact]
    public async Task Another_id_in_the_body_than_in_the_path_is_named()
    {
        await using var api = await TestApi.Open();
        var pool = SampleBodies.Samples["Pool"].DeepClone();
        pool["id"] = "other";
        var error = (await api.Operator.Put("/pools/new", pool)).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldHaveSingleItem();
        ((string?)error.Value![0]).ShouldBe("must be the id in the path, new, or left out");
    }

    [Fact]
    public async Task R01_a_pool_that_never_had_an_open_slot_may_change_its_zone_on_SQLite() => await ChangeZone(await TestApi.Open(furnish: false));

    [Fact]
    public async Task R01_a_pool_that_never_had_an_open_slot_may_change_its_zone_on_PostgreSQL()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await ChangeZone(await TestApi.Open(furnish: false, connection: await postgres.Database()));
    }

    private static async Task ChangeZone(TestApi server)
    {
        await using var api = server;
        var pool = SampleBodies.Samples["Pool"].DeepClone();
        await ApiClient.Must(api.Operator.Put("/pools/new", pool));
        await ApiClient.Must(api.Operator.Put("/pools/new/template", """{"weekly":[],"from":"2026-04-01","to":"2026-04-02"}"""));
        pool["zone"] = "America/St_Johns";
        await ApiClient.Must(api.Operator.Put("/pools/new", pool));
        var open = SampleBodies.Samples["Template"].DeepClone();
        await ApiClient.Must(api.Operator.Put("/pools/new/template", open));
        open["weekly"] = new JsonArray();
        await ApiClient.Must(api.Operator.Put("/pools/new/template", open));
        pool["zone"] = "America/Toronto";
        (await api.Operator.Put("/pools/new", pool)).MustRefuse(409, "pool_zone_fixed");
    }

    private static async Task<string> Subject(TestApi api, ApiRoute route)
    {
        switch (route.Subject)
        {
            case Tests.Subject.Booking:
                return await Made($"/institutions/{Schools.Own}/bookings", Schools.Booking(Schools.Slot(50, 3), 3));
            case Tests.Subject.Hold:
                return await Made($"/institutions/{Schools.Own}/holds", Schools.Booking(Schools.Slot(50, 4), 3));
            case Tests.Subject.Request:
                return await Made($"/institutions/{Schools.Own}/requests", SampleBodies.Samples["Request"]);
            case Tests.Subject.Pack:
                return await Made($"/institutions/{Schools.Own}/packs", SampleBodies.Samples["Pack"]);
            case Tests.Subject.Plan:
                return await Schools.EndedPlan(api.Operator);
            case Tests.Subject.ApiKey:
                return await Made("/api-keys", SampleBodies.Samples["ApiKey"]);
            case Tests.Subject.Import:
                return await Made("/imports", SampleBodies.Samples["Import"]);
            case Tests.Subject.Person:
                return await TestPeople.Add(api.Services, "instructor", Schools.Own);
            case Tests.Subject.Invitation:
                return await Made("/invitations", SampleBodies.Samples["Invitation"]);
            case Tests.Subject.Season:
                await ApiClient.Must(api.Operator.Put("/seasons/winter", SampleBodies.Samples["Season"]));
                return "winter";
            default:
                return route.Subject switch { Tests.Subject.Pool => Schools.Pool, Tests.Subject.Exam => Schools.Exam, _ => Schools.Own };
        }

        async Task<string> Made(string path, JsonObject body) => (await api.Operator.Post(path, body)).Must(201).Member("id");
    }
}
