using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>R14: every route of the table, for every kind of caller, on the own thing, a foreign one and one that is not there.</summary>
public sealed class R14_Access
{
    private static readonly string[] _callers = ["nobody", "viewer", "instructor", "coordinator", "boardCoordinator", "foreign", "operator"];
    private int _hour;
    private string? _endedPlan;

    [Fact]
    public async Task R14_every_route_for_every_caller_on_own_foreign_and_absent_things()
    {
        await using var api = await TestApi.Open();
        var wrong = new List<string>();
        foreach (var route in ApiRoute.All)
        {
            foreach (var name in _callers)
            {
                foreach (var target in Targets(route))
                {
                    var path = await Path(api, route, target, mayChange: !route.Reads && name == "operator");
                    var reply = await api.Caller(name).Send(route.Method, path, Body(route, target));
                    var expected = Expected(route, name, target);
                    if (!expected.Contains(Kind(reply.Status)))
                        wrong.Add($"{name} {route.Method} {path} ({target}): {reply.Status}, expected {string.Join(" or ", expected)}: {reply.Text}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task R14_a_foreign_thing_and_an_absent_one_answer_with_the_same_bytes_and_headers()
    {
        await using var api = await TestApi.Open();
        foreach (var route in ApiRoute.All.Where(route => route.Subject >= Subject.Institution))
        {
            foreach (var name in new[] { "viewer", "instructor", "coordinator" }.Where(name =>
                route.IsAllowed(Enum.Parse<Domain.Role>(name, ignoreCase: true))))
            {
                var replies = new List<string>();
                foreach (var target in new[] { "foreign", "absent" })
                {
                    if (route is { Subject: Subject.Institution, Method: "PUT" or "DELETE" })
                        continue;
                    var path = await Path(api, route, target, mayChange: false);
                    var reply = await api.Caller(name).Send(route.Method, path, SampleBodies.Sample(route)?.ToJsonString());
                    var headers = reply.AllHeaders.Select(header => $"{header.Name}: {header.Value}");
                    replies.Add($"{reply} {string.Join('\n', headers.Order(StringComparer.Ordinal))}");
                }

                if (replies.Count == 2)
                    replies[1].ShouldBe(replies[0], $"{name} {route.Method} {route.Path}");
            }
        }
    }

    [Fact]
    public async Task R14_a_coordinator_manages_keys_of_instructors_and_viewers_in_reach_only()
    {
        await using var api = await TestApi.Open();
        var coordinator = api.Caller("coordinator");
        (await coordinator.Post("/api-keys", Key("viewer", Schools.Own))).Status.ShouldBe(201);
        (await coordinator.Post("/api-keys", Key("instructor", Schools.Own))).Status.ShouldBe(201);
        (await coordinator.Post("/api-keys", Key("coordinator", Schools.Own))).Status.ShouldBe(403);
        (await coordinator.Post("/api-keys", Key("operator", null))).Status.ShouldBe(403);
        (await coordinator.Post("/api-keys", Key("viewer", Schools.Foreign))).Status.ShouldBe(404);
        (await coordinator.Post("/api-keys", Key("viewer", "absent"))).Text.ShouldBe((await coordinator.Post("/api-keys",
            Key("viewer", Schools.Foreign))).Text);
        (await api.Caller("boardCoordinator").Post("/api-keys", Key("viewer", Schools.Own))).Status.ShouldBe(201);
        var listed = (await ApiClient.Must(coordinator.Get("/api-keys?limit=500")))["items"]!.AsArray();
        listed.ShouldNotBeEmpty();
        listed.ShouldAllBe(key => (string)key!["institution"]! == Schools.Own && ((string)key["role"]! == "viewer" || (string)key["role"]! == "instructor"));
    }

    [Fact]
    public async Task R14_a_revoked_key_signs_nobody_in()
    {
        await using var api = await TestApi.Open();
        var made = await ApiClient.Must(api.Operator.Post("/api-keys", Key("viewer", Schools.Own)));
        var viewer = api.As((string)made["key"]!);
        (await viewer.Get("/me")).Status.ShouldBe(200);
        (await api.Operator.Delete($"/api-keys/{made["id"]}")).Status.ShouldBe(204);
        (await viewer.Get("/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task R14_a_revoked_key_stays_listed_and_its_name_stays_in_the_record()
    {
        await using var api = await TestApi.Open();
        var made = await ApiClient.Must(api.Operator.Post("/api-keys", Key("instructor", Schools.Own)));
        var teacher = api.As((string)made["key"]!);
        var booking = (await teacher.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(Schools.Slot(40, 9)))).Must(201).Member("id");
        made["revoked"].ShouldBeNull();
        var coordinator = api.Caller("coordinator");
        (await coordinator.Delete($"/api-keys/{made["id"]}", ("If-Match", "\"7\""))).MustRefuse(412, "stale");
        (await coordinator.Delete($"/api-keys/{made["id"]}")).Must(204);
        (await coordinator.Delete($"/api-keys/{made["id"]}")).Must(204);
        var listed = (await ApiClient.Must(coordinator.Get("/api-keys?limit=500")))["items"]!.AsArray();
        var revoked = listed.Single(key => (string)key!["id"]! == (string)made["id"]!)!;
        ((string)revoked["revoked"]!).ShouldBe(Schools.Text(api.Clock.Now));
        ((int)revoked["version"]!).ShouldBe(2);
        (await api.Caller("foreign").Get("/api-keys?limit=500")).Must(200).Text.ShouldNotContain((string)made["id"]!);
        var change = (await ApiClient.Must(coordinator.Get($"/audit?subject=booking/{booking}")))["items"]![0]!;
        ((string)change["who"]!).ShouldBe("somebody");
        ((string)change["key"]!).ShouldBe((string)made["id"]!);
        var rows = (await ApiClient.Must(api.Operator.Get($"/audit?subject=api-key/{made["id"]}")))["items"]!.AsArray();
        rows.Select(row => (string)row!["what"]!).ShouldBe(["api_key_made", "api_key_revoked"]);
        ((string?)rows[1]!["before"]!["revoked"]).ShouldBeNull();
        ((string?)rows[1]!["after"]!["revoked"]).ShouldBe(Schools.Text(api.Clock.Now));
    }

    [Fact]
    public async Task R15_a_subject_without_its_kind_is_refused_with_the_form()
    {
        await using var api = await TestApi.Open();
        foreach (var subject in new[] { Schools.Pool, "capacity/office", "pool/", "pool/Tor", "/office", "pool/%00" })
        {
            var errors = (await api.Operator.Get($"/audit?subject={subject}")).MustRefuse(400, "invalid").Json["errors"]!["subject"]!;
            ((string)errors[0]!).ShouldContain("booking, hold, request, pack, pool, exam, season, institution, policy, api-key");
        }

        var rows = (await ApiClient.Must(api.Operator.Get($"/audit?subject=pool/{Schools.Pool}")))["items"]!.AsArray();
        rows.Select(row => (string)row!["what"]!).ShouldBe(["pool_put", "template_put"]);
        (await ApiClient.Must(api.Operator.Get("/audit?subject=policy/policy")))["items"]!.AsArray().Count.ShouldBe(1);
        ((string)(await ApiClient.Must(api.Operator.Get("/audit?limit=1")))["items"]![0]!["who"]!).ShouldBe("Start of the server");
    }

    private static JsonObject Key(string role, string? institution)
    {
        var key = new JsonObject { ["role"] = role, ["name"] = "somebody" };
        if (institution is not null)
            key["institution"] = institution;
        return key;
    }

    private static string[] Targets(ApiRoute route) => route.Subject == Subject.None ? ["own"] : ["own", "foreign", "absent"];

    private static string Kind(int status) => status switch
    {
        401 => "401",
        403 => "403",
        404 => "404",
        405 or >= 500 => "broken",
        _ => "judged",
    };

    /// <summary>What R14 says, told anew without the door's own code.</summary>
    private static string[] Expected(ApiRoute route, string name, string target)
    {
        if (name == "nobody")
            return ["401"];
        var isOperator = name == "operator";
        // A booker changes a request of the own school.
        var onlyOperators = (route.Method is "PUT" or "PATCH" && route.Subject is not (Subject.Request or Subject.Person) && !IsOfManagers(route))
            || route is { Method: "POST", Path: "/institutions/{id}/packs" }
            || (route.Method == "DELETE" && route.Subject is Subject.Pool or Subject.Exam or Subject.Season or Subject.Institution)
            || route is { Method: "POST", Subject: Subject.Pool }
            || route is { Method: "GET", Path: "/bookings" } || route.Path.StartsWith("/plans", StringComparison.Ordinal)
            || route.Path.StartsWith("/imports", StringComparison.Ordinal) || route.Path is "/advice" or "/advice/curve" or "/advice/template" or "/what-if";
        if (onlyOperators && !isOperator)
            return ["403"];
        if ((!route.Reads || route.Path == "/bookings/{id}/history") && name == "viewer")
            return ["403"];
        var onlyManagers = new[] { "/api-keys", "/people", "/invitations" }.Any(path => route.Path.StartsWith(path, StringComparison.Ordinal))
            || route.Path is "/audit" or "/institutions/{id}/packs";
        if ((onlyManagers || IsOfManagers(route)) && (name is "viewer" or "instructor"))
            return ["403"];
        if (target == "absent")
            return route.Method == "PUT" && (route.Path is "/pools/{id}" or "/exams/{id}" or "/seasons/{id}" or "/institutions/{id}") ? ["judged"] : ["404"];
        // The key asked for is one of the own school.
        if (route is { Method: "POST", Path: "/api-keys" or "/invitations" } && name == "foreign")
            return ["404"];
        if (isOperator || route.Subject is Subject.None or Subject.Pool or Subject.Exam or Subject.Season)
            return ["judged"];
        var reaches = target == "own" ? name != "foreign" : name == "foreign";
        return reaches ? ["judged"] : ["404"];
    }

    /// <summary>Whether coordinators change some fields by this route: proctors, lab seats and short notice of an institution.</summary>
    private static bool IsOfManagers(ApiRoute route) => route is { Method: "PATCH", Subject: Subject.Institution };

    private static string? Body(ApiRoute route, string target)
    {
        if (IsOfManagers(route))
            return """{"proctors":1000}""";
        var body = SampleBodies.Sample(route);
        // Putting the own school must not take it from its board.
        if (route is { Method: "PUT", Subject: Subject.Institution } && target == "own")
            body!["board"] = Schools.Board;
        return body?.ToJsonString();
    }

    private async Task<string> Path(TestApi api, ApiRoute route, string target, bool mayChange)
    {
        var id = route.Subject == Subject.None ? "" : target == "absent"
            ? Absent(route) : await Thing(api, route.Subject, target == "own" ? Schools.Own : Schools.Foreign, mayChange);
        var path = route.Path.Replace("{id}", id, StringComparison.Ordinal);
        var range = $"from={Schools.Text(Schools.Slot(40, 0))}&to={Schools.Text(Schools.Slot(41, 0))}";
        return route is { Method: "DELETE", Subject: Subject.Pool or Subject.Exam or Subject.Season or Subject.Institution, Path: not "/pools/{id}/capacity" }
            // The next cells need the thing.
            ? $"{path}?dryRun=true"
            : route.Path == "/pools/{id}/capacity" && route.Method != "PUT" ? $"{path}?{range}"
            : route.Path is "/availability" or "/bookings" or "/advice" or "/advice/curve" or "/advice/template" ? $"{path}?pool={Schools.Pool}&{range}"
            : path;
    }

    private string Absent(ApiRoute route) => route.Subject <= Subject.Institution ? $"absent-{++_hour}" : Guid.CreateVersion7().ToString();

    /// <summary>A fresh thing for each cell, as the call may change it. Plans take a process each: calls that change nothing share one.</summary>
    private async Task<string> Thing(TestApi api, Subject subject, string institution, bool mayChange)
    {
        var start = Schools.Slot(40 + (++_hour / 24), _hour % 24);
        switch (subject)
        {
            case Subject.Pool:
                return Schools.Pool;
            case Subject.Exam:
                return Schools.Exam;
            case Subject.Season:
                await ApiClient.Must(api.Operator.Put("/seasons/winter", SampleBodies.Samples["Season"].DeepClone()));
                return "winter";
            case Subject.Institution:
                return institution;
            case Subject.Booking:
                return (string)(await ApiClient.Must(api.Operator.Post($"/institutions/{institution}/bookings", Schools.Booking(start))))["id"]!;
            case Subject.Hold:
                return (string)(await ApiClient.Must(api.Operator.Post($"/institutions/{institution}/holds", Schools.Booking(start))))["id"]!;
            case Subject.Request:
                var wish = new JsonObject
                {
                    ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 2, ["mode"] = "lab",
                    ["preferredStart"] = Schools.Text(start)
                };
                return (string)(await ApiClient.Must(api.Operator.Post($"/institutions/{institution}/requests", wish)))["id"]!;
            case Subject.Pack:
                return await Schools.NewPack(api.Operator, institution);
            case Subject.Plan:
                return mayChange ? await Schools.EndedPlan(api.Operator) : _endedPlan ??= await Schools.EndedPlan(api.Operator);
            case Subject.Import:
                return (string)(await ApiClient.Must(api.Operator.Post("/imports", SampleBodies.Samples["Import"])))["id"]!;
            case Subject.Person:
                return await TestPeople.Add(api.Services, "instructor", institution);
            case Subject.Invitation:
                return (string)(await ApiClient.Must(api.Operator.Post("/invitations", Json.Of(
                    ("email", $"{_hour}@school.example"), ("role", "viewer"), ("institution", institution)))))["id"]!;
            case Subject.ApiKey:
                return (string)(await ApiClient.Must(api.Operator.Post("/api-keys", Key("viewer", institution))))["id"]!;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
