using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>Bad bodies: each gets a 4xx that names what is wrong, never a 500, and no typing error passes in silence.</summary>
public sealed class OddBodies
{
    /// <summary>As they stand in the text of the body: some could not be written by a JSON library.</summary>
    private static readonly string[] _odd =
    [
        "null", "true", "-1", "28.0", "28.5", "1e2", "1e400", "99999999999999999999", "\"\"", "\"NaN\"", "\"28\"", "[]", "[1]", "{}", "{\"x\":1}",
        "\"\\u0000\"", "\"\\ud800\"", "\"\\u202e\"",
        "\"💥\"", "LONG",
    ];

    [Fact]
    public async Task Each_field_of_each_body_refuses_odd_values_by_name()
    {
        await using var api = await TestApi.Open();
        var wrong = new List<string>();
        var schemas = await Schemas(api);
        foreach (var (route, path) in await BodyRoutes(api))
        {
            foreach (var field in Schema(schemas, route).AsObject().Select(property => property.Key))
            {
                foreach (var odd in _odd)
                {
                    var body = With(SampleBodies.Sample(route)!, field, odd);
                    var reply = await api.Operator.Send(route.Method, path, body);
                    if (Fault(route, field, odd, reply) is { } fault)
                        wrong.Add($"{route.Method} {route.Path} {field} = {odd}: {fault} {reply.Status} {reply.Text[..Math.Min(300, reply.Text.Length)]}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_field_of_the_document_is_taken_and_every_other_is_refused_by_name()
    {
        await using var api = await TestApi.Open();
        var schemas = await Schemas(api);
        foreach (var (route, path) in await BodyRoutes(api))
        {
            var names = Schema(schemas, route).AsObject().Select(property => property.Key).ToList();
            var reply = await api.Operator.Send(route.Method, path,
                new JsonObject(names.Append("sneaky").Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonArray(new JsonArray())))).ToJsonString());
            reply.Status.ShouldBe(400, $"{route.Method} {route.Path} {reply}");
            var unknown = reply.Json["errors"]!.AsObject()
                .Where(error => error.Value!.ToJsonString().Contains("not known here", StringComparison.Ordinal)).Select(error => error.Key);
            unknown.ShouldBe(["sneaky"], $"{route.Method} {route.Path}");
        }
    }

    [Fact]
    public async Task A_required_field_left_out_is_named()
    {
        await using var api = await TestApi.Open();
        var schemas = await Schemas(api);
        foreach (var (route, path) in await BodyRoutes(api))
        {
            foreach (var field in schemas[route.Body + "Body"]!["required"]?.AsArray().Select(name => (string)name!) ?? [])
            {
                var body = SampleBodies.Sample(route)!;
                if (route.Method == "PATCH")
                    body[field] = null;
                else
                    body.Remove(field);
                var reply = await api.Operator.Send(route.Method, path, body.ToJsonString());
                reply.Status.ShouldBe(400, $"{route.Method} {route.Path} without {field}: {reply}");
                reply.Json["errors"]!.AsObject().ShouldContainKey(field);
            }
        }
    }

    [Fact]
    public async Task Broken_JSON_deep_nesting_odd_bytes_and_names_given_twice_are_400()
    {
        await using var api = await TestApi.Open();
        var path = $"/institutions/{Schools.Own}/bookings";
        foreach (var text in new[]
        {
            "", "{", "{\"a", "[]", "null", "1", "\"x\"", "{}}", "{\"seats\":NaN}", "{\"seats\":01}", "{'seats':1}", "{\"seats\":1,}", "// x\n{}", "\uFEFF{}",
            new string('[', 5_000),
            string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200), "{\"\\ud800\":1}", "{\"seats\":1,\"seats\":2}",
        })
        {
            var reply = await api.Instructor.Send("POST", path, text);
            reply.Status.ShouldBe(400, $"{text[..Math.Min(40, text.Length)]}: {reply}");
            reply.Code.ShouldBe("invalid");
            reply.Json["errors"]!.AsObject().Count.ShouldBeGreaterThan(0);
            reply.ContentHeaders.ContentType!.MediaType.ShouldBe("application/problem+json");
        }
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413_and_one_of_another_media_type_415()
    {
        await using var api = await TestApi.Open();
        var path = $"/institutions/{Schools.Own}/bookings";
        var large = await api.Instructor.Send("POST", path, new string(' ', Domain.Limits.BodyBytes + 1));
        (large.Status, large.Code).ShouldBe((413, "body_too_large"));
        var chunked = await api.Instructor.Send("POST", path, new string(' ', Domain.Limits.BodyBytes + 1), ("Transfer-Encoding", "chunked"));
        (chunked.Status, chunked.Code).ShouldBe((413, "body_too_large"));
        var form = await api.Instructor.Send("POST", path, "a=b", ("Content-Type", "application/x-www-form-urlencoded"));
        (form.Status, form.Code).ShouldBe((415, "unsupported_media_type"));
        (await api.Instructor.Send("POST", path, Schools.Booking(Schools.Slot(40, 1)).ToJsonString(),
            ("Content-Type", "application/json; charset=utf-8"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Thousands_of_unknown_fields_are_refused_without_naming_them_all()
    {
        await using var api = await TestApi.Open();
        var text = new StringBuilder("{");
        for (var k = 0; k < 20_000; k++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"f{k}\":1,");
        var reply = await api.Instructor.Send("POST", $"/institutions/{Schools.Own}/bookings", text.Append("\"z\":1}").ToString());
        reply.Status.ShouldBe(400);
        reply.Text.Length.ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task Accommodations_beyond_the_seats_and_an_empty_list_of_windows_are_named()
    {
        await using var api = await TestApi.Open();
        var booking = Schools.Booking(Schools.Slot(40, 1), 2);
        booking["accommodations"] = JsonNode.Parse("""[{"candidates":2,"extraTimePercent":25},{"candidates":1,"extraTimePercent":301}]""");
        var reply = await api.Instructor.Post($"/institutions/{Schools.Own}/bookings", booking);
        reply.Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["accommodations", "accommodations[1].extraTimePercent"], ignoreOrder: true);
        var request = SampleBodies.Samples["Request"].DeepClone();
        request["windows"] = new JsonArray();
        (await api.Instructor.Post($"/institutions/{Schools.Own}/requests", request)).Json["errors"]!.AsObject().ShouldContainKey("windows");
    }

    [Fact]
    public async Task Every_fault_of_a_window_is_named()
    {
        await using var api = await TestApi.Open();
        var request = SampleBodies.Samples["Request"].DeepClone();
        async Task<IEnumerable<string>> Faults(string windows)
        {
            request["windows"] = JsonNode.Parse(windows);
            return (await api.Instructor.Post($"/institutions/{Schools.Own}/requests", request)).MustRefuse(400, "invalid").Json["errors"]!.AsObject()
                .Select(error => error.Key);
        }

        (await Faults("""[{"from":"2026-06-02","to":"2026-06-01","days":["mon","mon"],"fromTime":"12:00","toTime":"12:00"}]"""))
            .ShouldBe(["windows[0].to", "windows[0].days", "windows[0].toTime"]);
        (await Faults("""[{"from":"2026-06-01","to":"2026-06-01","days":["day"],"fromTime":"24:01","toTime":"8:00","hour":1}]"""))
            .ShouldBe(["windows[0].days[0]", "windows[0].fromTime", "windows[0].toTime", "windows[0].hour"], ignoreOrder: true);
        (await Faults("""[{"from":"2026-06-01","to":"2027-06-02"}]""")).ShouldBe(["windows[0].to"]);
        var many = string.Join(',', Enumerable.Repeat("""{"from":"2026-06-01","to":"2026-06-02"}""", Limits.RequestWindows + 1));
        (await Faults($"[{many}]")).ShouldBe(["windows"]);
        (await Faults("null")).ShouldBe(["windows"]);
        request.AsObject().Remove("windows");
        request["minGroup"] = 1;
        (await api.Instructor.Post($"/institutions/{Schools.Own}/requests", request)).MustRefuse(400, "invalid").Json["errors"]!.AsObject()
            .Select(error => error.Key).ShouldBe(["minGroup"]);
    }

    private static JsonNode Flexible()
    {
        var request = SampleBodies.Samples["Request"].DeepClone();
        request["windows"] = JsonNode.Parse("""[{"from":"2026-06-01","to":"2026-06-05"}]""");
        return request;
    }

    private static async Task<JsonNode> Schemas(TestApi api) => (await api.Operator.Get("/openapi/v1.json")).Must(200).Json["components"]!["schemas"]!;

    private static JsonNode Schema(JsonNode schemas, ApiRoute route) => schemas[route.Body + "Body"]!["properties"]!;

    private static string With(JsonObject body, string field, string odd)
    {
        const string mark = "\u0001here\u0001";
        body[field] = mark;
        return body.ToJsonString().Replace(JsonSerializer.Serialize(mark), odd == "LONG" ? $"\"{new string('x', 5_000)}\"" : odd, StringComparison.Ordinal);
    }

    /// <summary>What is wrong with the answer; null when it is right. A value is right where its schema says so, and named everywhere else.</summary>
    private static string? Fault(ApiRoute route, string field, string odd, Reply reply)
    {
        if (reply.Status >= 500)
            return "a fault of ours";
        // A merge patch removes a field by null; the schema says of a PUT which fields it needs.
        if (route.Method == "PATCH" && reply.Status == 200 && ((odd == "null" && field != "version") || (odd == "{}" && field == "onboarding")))
            return null;
        // The server ignores this field, so that what a GET shows can be PUT.
        if (field == "retired")
            return reply.Status == 200 ? null : "should be ignored";
        if (IsFine(route.Body!, field, odd))
            return reply.Status is 400 && reply.Json["errors"]!.AsObject().Any(error => error.Key.StartsWith(field, StringComparison.Ordinal))
                ? "should pass" : null;
        // A good id, of a thing that is not there.
        if (odd == "\"28\"" && (field is "exam" or "pool" or "institution"))
            return reply.Status == 404 ? null : "should not be found";
        if (reply.Status != 400)
            return "should be refused";
        if (field == "onboarding" && odd == "{}")
            return reply.Json["errors"]!.AsObject().ContainsKey("ready") ? null : "should disagree with ready";
        return reply.Json["errors"]!.AsObject().Any(error => error.Key == field || error.Key.StartsWith(field + ".", StringComparison.Ordinal)
            || error.Key.StartsWith(field + "[", StringComparison.Ordinal))
            ? null
            : "is not named";
    }

    private static bool IsFine(string body, string field, string odd)
    {
        if (body == "WhatIf" && odd == "null" && field is "pools" or "timeLimitSeconds" or "movable" or "plan")
            return true;
        if (body == "WhatIf" && odd is "null" or "[]" && field is "capacity" or "seasons")
            return true;
        if (body is "Hours" or "ImportApply" && field == "version" && odd == "null")
            return true;
        if (body == "Import" && odd == "null" && field is "mode" or "zone")
            return true;
        // The server draws the seed. A season that was read can be sent back, whatever the field says.
        if (field == "seedHash")
            return true;
        // Left out, the mode of a hold stays as it was.
        if (body == "HoldChange" && field == "mode" && odd == "null")
            return true;
        // No exam has the programme, and these acts of an operator need a reason.
        if ((body == "Pack" && field == "programme") || (body is "PackChange" or "Raise" or "UndoRaise" && field == "reason" && odd == "null"))
            return false;
        if (odd == "null")
        {
            // The pools of an exam are needed, the pools of a plan are not.
            return (field != "pools" || body == "Plan")
                && field is "reason" or "force" or "wait" or "together" or "override" or "accommodations" or "weight" or "minGroup" or "board" or "collectUntil"
                    or "shortNoticeDays" or "onboarding" or "pools" or "timeLimitSeconds" or "movable" or "nightlyPlan";
        }

        return field switch
        {
            "name" or "image" or "programme" or "reference" or "reason" => odd is "\"NaN\"" or "\"28\"" or "\"💥\"",
            "ready" or "force" or "wait" or "together" => odd == "true",
            "accommodations" or "weekly" => odd == "[]",
            _ => false,
        };
    }

    /// <summary>Each route that takes a body, with a path to a thing of its own.</summary>
    private static async Task<List<(ApiRoute Route, string Path)>> BodyRoutes(TestApi api)
    {
        var routes = new List<(ApiRoute, string)>();
        var day = 50;
        foreach (var (path, body) in new[] { ("/pools/another", "Pool"), ("/exams/another", "Exam"), ("/seasons/another", "Season"),
            ("/institutions/another", "Institution") })
            await ApiClient.Must(api.Operator.Put(path, SampleBodies.Samples[body]));
        foreach (var route in ApiRoute.All.Where(route => route.Body is not null))
        {
            var id = route.Subject switch
            {
                Subject.Pool => route.Path == "/pools/{id}" ? "another" : Schools.Pool,
                Subject.Exam => "another",
                Subject.Season => "another",
                Subject.Institution => route.Method is "PUT" or "PATCH" ? "another" : Schools.Own,
                Subject.Booking => (string)(await ApiClient.Must(api.Operator.Post($"/institutions/{Schools.Own}/bookings",
                    Schools.Booking(Schools.Slot(day++, 3), 3))))["id"]!,
                Subject.Hold => (await api.Operator.Post($"/institutions/{Schools.Own}/holds", Schools.Booking(Schools.Slot(day++, 3), 3)))
                    .Must(201).Member("id"),
                Subject.Request => (await api.Operator.Post($"/institutions/{Schools.Own}/requests", Flexible())).Must(201).Member("id"),
                Subject.Import => (await api.Operator.Post("/imports", SampleBodies.Samples["Import"])).Must(201).Member("id"),
                Subject.Person => await TestPeople.Add(api.Services, "instructor", Schools.Own),
                Subject.Pack => await Schools.NewPack(api.Operator, Schools.Own),
                _ => "",
            };
            routes.Add((route, route.Path.Replace("{id}", id, StringComparison.Ordinal)));
        }

        return routes;
    }
}
