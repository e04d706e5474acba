using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>R14: every route of the table, for every kind of caller, on the own thing, a foreign one and one that is not there.</summary>
public sealed class R14_Access
{
    private static readonly string[] _callers = ["nobody", "viewer", "instructor", "coordinator", "boardCoordinator", "foreign", "operator"];
    private int _hour;

    [Fact]
    public async Task R14_every_route_for_every_caller_on_own_foreign_and_absent_things()
    {
        await using var town = await Town.Open();
        var wrong = new List<string>();
        foreach (var route in Routes.All)
        {
            foreach (var name in _callers)
            {
                foreach (var target in Targets(route))
                {
                    var path = await Path(town, route, target);
                    var reply = await town.Caller(name).Send(route.Method, Asker.Base + path, Body(route, target), []);
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
        await using var town = await Town.Open();
        foreach (var route in Routes.All.Where(route => route.Subject >= Subject.Institution))
        {
            foreach (var name in new[] { "viewer", "instructor", "coordinator" }.Where(name => route.IsAllowed(Enum.Parse<Domain.Role>(name, ignoreCase: true))))
            {
                var replies = new List<string>();
                foreach (var target in new[] { "foreign", "absent" })
                {
                    if (route is { Subject: Subject.Institution, Method: "PUT" })
                        continue;
                    var reply = await town.Caller(name).Send(route.Method, Asker.Base + await Path(town, route, target), Bodies.Sample(route)?.ToJsonString(), []);
                    var headers = reply.Headers.Concat(reply.ContentHeaders).Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
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
        await using var town = await Town.Open();
        var coordinator = town.Caller("coordinator");
        (await coordinator.Post("/api-keys", Key("viewer", Town.Own))).Status.ShouldBe(201);
        (await coordinator.Post("/api-keys", Key("instructor", Town.Own))).Status.ShouldBe(201);
        (await coordinator.Post("/api-keys", Key("coordinator", Town.Own))).Status.ShouldBe(403);
        (await coordinator.Post("/api-keys", Key("operator", null))).Status.ShouldBe(403);
        (await coordinator.Post("/api-keys", Key("viewer", Town.Foreign))).Status.ShouldBe(404);
        (await coordinator.Post("/api-keys", Key("viewer", "absent"))).Text.ShouldBe((await coordinator.Post("/api-keys", Key("viewer", Town.Foreign))).Text);
        (await town.Caller("boardCoordinator").Post("/api-keys", Key("viewer", Town.Own))).Status.ShouldBe(201);
        var listed = (await Asker.Must(coordinator.Get("/api-keys?limit=500")))["items"]!.AsArray();
        listed.ShouldNotBeEmpty();
        listed.ShouldAllBe(key => (string)key!["institution"]! == Town.Own && ((string)key["role"]! == "viewer" || (string)key["role"]! == "instructor"));
    }

    [Fact]
    public async Task R14_a_revoked_key_signs_nobody_in()
    {
        await using var town = await Town.Open();
        var made = await Asker.Must(town.Operator.Post("/api-keys", Key("viewer", Town.Own)));
        var viewer = town.With((string)made["key"]!);
        (await viewer.Get("/me")).Status.ShouldBe(200);
        (await town.Operator.Delete($"/api-keys/{made["id"]}")).Status.ShouldBe(204);
        (await viewer.Get("/me")).Status.ShouldBe(401);
    }

    private static JsonObject Key(string role, string? institution)
    {
        var key = new JsonObject { ["role"] = role, ["name"] = "somebody" };
        if (institution is not null)
            key["institution"] = institution;
        return key;
    }

    private static string[] Targets(Route route) => route.Subject == Subject.None ? ["own"] : ["own", "foreign", "absent"];

    private static string Kind(int status) => status switch
    {
        401 => "401",
        403 => "403",
        404 => "404",
        405 or >= 500 => "broken",
        _ => "judged",
    };

    /// <summary>What R14 says, told anew without the door's own code.</summary>
    private static string[] Expected(Route route, string name, string target)
    {
        if (name == "nobody")
            return ["401"];
        var isOperator = name == "operator";
        var onlyOperators = route.Method == "PUT" || route is { Method: "POST", Path: "/institutions/{id}/packs" } or { Method: "DELETE", Path: "/pools/{id}/capacity" };
        if (onlyOperators && !isOperator)
            return ["403"];
        if (!route.Reads && name == "viewer")
            return ["403"];
        var onlyManagers = route.Path.StartsWith("/api-keys", StringComparison.Ordinal) || route.Path is "/audit" or "/institutions/{id}/packs";
        if (onlyManagers && (name is "viewer" or "instructor"))
            return ["403"];
        if (target == "absent")
            return route.Method == "PUT" && (route.Path is "/pools/{id}" or "/exams/{id}" or "/seasons/{id}" or "/institutions/{id}") ? ["judged"] : ["404"];
        // The key asked for is one of the own school.
        if (route is { Method: "POST", Path: "/api-keys" } && name == "foreign")
            return ["404"];
        if (isOperator || route.Subject is Subject.None or Subject.Pool or Subject.Exam or Subject.Season)
            return ["judged"];
        var reaches = target == "own" ? name != "foreign" : name == "foreign";
        return reaches ? ["judged"] : ["404"];
    }

    private static string? Body(Route route, string target)
    {
        var body = Bodies.Sample(route);
        // Putting the own school must not take it from its board.
        if (route is { Method: "PUT", Subject: Subject.Institution } && target == "own")
            body!["board"] = Town.Board;
        return body?.ToJsonString();
    }

    private async Task<string> Path(Town town, Route route, string target)
    {
        var id = route.Subject == Subject.None ? "" : target == "absent" ? Absent(route) : await Thing(town, route.Subject, target == "own" ? Town.Own : Town.Foreign);
        var path = route.Path.Replace("{id}", id, StringComparison.Ordinal);
        var range = $"from={Town.Text(Town.Slot(40, 0))}&to={Town.Text(Town.Slot(41, 0))}";
        return route.Path == "/pools/{id}/capacity" && route.Method != "PUT" ? $"{path}?{range}"
            : route.Path == "/availability" ? $"{path}?pool={Town.Pool}&{range}"
            : path;
    }

    private string Absent(Route route) => route.Subject <= Subject.Institution ? $"absent-{++_hour}" : Guid.CreateVersion7().ToString();

    /// <summary>A fresh thing for each cell: the call may change it.</summary>
    private async Task<string> Thing(Town town, Subject subject, string institution)
    {
        var start = Town.Slot(40 + (++_hour / 24), _hour % 24);
        switch (subject)
        {
            case Subject.Pool:
                return Town.Pool;
            case Subject.Exam:
                return Town.Exam;
            case Subject.Season:
                await Asker.Must(town.Operator.Put("/seasons/winter", Bodies.Samples["Season"].DeepClone()));
                return "winter";
            case Subject.Institution:
                return institution;
            case Subject.Booking:
                return (string)(await Asker.Must(town.Operator.Post($"/institutions/{institution}/bookings", Town.Booking(start))))["id"]!;
            case Subject.Hold:
                return (string)(await Asker.Must(town.Operator.Post($"/institutions/{institution}/holds", Town.Booking(start))))["id"]!;
            case Subject.Request:
                var wish = new JsonObject { ["exam"] = Town.Exam, ["pool"] = Town.Pool, ["seats"] = 2, ["mode"] = "lab", ["preferredStart"] = Town.Text(start) };
                return (string)(await Asker.Must(town.Operator.Post($"/institutions/{institution}/requests", wish)))["id"]!;
            case Subject.ApiKey:
                return (string)(await Asker.Must(town.Operator.Post("/api-keys", Key("viewer", institution))))["id"]!;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
