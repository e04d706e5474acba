using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>Texts that no database should see, in every parameter of every route and in every text of every body: each is 400 by name, on both
/// databases.</summary>
public sealed class OddTexts(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly string[] _odd = ["%00", "a%00b", "%ff", "%ed%a0%80", "%c0%80"];

    [Fact]
    public async Task Every_query_parameter_of_every_route_refuses_what_is_no_text_on_SQLite() => await Refuse(await TestApi.Open());

    [Fact]
    public async Task Every_query_parameter_of_every_route_refuses_what_is_no_text_on_PostgreSQL()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await Refuse(await TestApi.Open(connection: await postgres.Database()));
    }

    /// <summary>A client library would repair these, so they are sent as they stand.</summary>
    [Theory]
    [InlineData("%zz")]
    [InlineData("a%f")]
    [InlineData("%")]
    public async Task A_broken_percent_encoding_is_refused_by_name(string odd)
    {
        await using var api = await TestApi.Open(furnish: false);
        foreach (var name in new[] { "subject", "unknown" })
        {
            var reply = await RawReply.To(api.Url,
                $"GET /api/v1/audit?{name}={odd}&limit=5 HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {TestApi.OperatorKey}\r\nConnection: close\r\n\r\n");
            reply.Status.ShouldBe(400);
            JsonNode.Parse(reply.Body)!["errors"]!.AsObject().Select(error => error.Key).ShouldBe([name]);
        }
    }

    /// <summary>Bug: marks of direction and spaces without width were accepted within a text, so that a text looked like another.</summary>
    [Theory]
    [InlineData("class \u202e01B")]
    [InlineData("class\u200f 10")]
    [InlineData("cla\u200bss")]
    public async Task A_text_that_looks_like_another_is_refused(string text)
    {
        await using var api = await TestApi.Open();
        var booking = Schools.Booking(Schools.Slot(40, 1));
        booking["reference"] = text;
        (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", booking)).MustRefuse(400, "invalid")
            .Json["errors"]!.AsObject().ShouldContainKey("reference");
        var school = Schools.School();
        school["name"] = text;
        (await api.Operator.Put("/institutions/odd", school)).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("name");
    }

    /// <summary>A zero-width space, a word joiner, a soft hyphen, a combining accent, Korean fillers, blank Braille, and a blank of Egyptian writing.</summary>
    [Theory]
    [InlineData("\u200b")]
    [InlineData(" \u2060\u00ad ")]
    [InlineData("\u0301")]
    [InlineData("\u3164\u115f\u1160\uffa0")]
    [InlineData("\u2800\u3000")]
    [InlineData("\U00013441")]
    public async Task A_text_that_shows_nothing_is_refused_wherever_a_text_may_not_be_blank(string blank)
    {
        await using var api = await TestApi.Open();
        var tried = 0;
        foreach (var route in ApiRoute.All.Where(route => route.Body is not null && route.Method != "PATCH"))
        {
            foreach (var field in SampleBodies.Sample(route)!.Select(member => member.Key).Where(name => name is "name" or "image" or "programme"
                or "reference" or "reason"))
            {
                var body = SampleBodies.Sample(route)!;
                body[field] = blank;
                var path = route.Path.Replace("{id}", route.Subject == Subject.Pool ? Schools.Pool : "another", StringComparison.Ordinal);
                (await api.Operator.Send(route.Method, path, body)).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey(field);
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(8);
        var overridden = Schools.Booking(Schools.Slot(40, 1));
        overridden["override"] = new JsonObject { ["reason"] = blank };
        (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", overridden)).MustRefuse(400, "invalid")
            .Json["errors"]!.AsObject().ShouldContainKey("override.reason");
        (await api.Operator.Delete($"/pools/{Schools.Pool}/capacity?from=2026-06-01T00:00:00Z&to=2026-06-01T01:00:00Z&reason={Uri.EscapeDataString(blank)}"))
            .MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("reason");
    }

    [Fact]
    public async Task A_name_in_any_script_is_taken()
    {
        await using var api = await TestApi.Open(furnish: false);
        foreach (var name in new[] { "École Élan", "北京", "مدرسة", "ᐃᓄᒃᓯᑐᑦ", "한국", "💥", "👩‍💻", "e\u0301", "𓀀" })
        {
            var pool = SampleBodies.Samples["Pool"].DeepClone();
            pool["name"] = name;
            ((string?)(await ApiClient.Must(api.Operator.Put("/pools/any", pool)))["name"]).ShouldBe(name);
        }
    }

    private static async Task Refuse(TestApi server)
    {
        await using var api = server;
        var wrong = new List<string>();
        foreach (var route in ApiRoute.All)
        {
            var path = route.Path.Replace("{id}", route.Subject == Subject.Pool ? Schools.Pool : Schools.Own, StringComparison.Ordinal);
            foreach (var name in route.Facts.Query.All.Select(parameter => parameter.Name).Append("unknown"))
            {
                foreach (var odd in _odd)
                {
                    var reply = await api.Operator.Send(route.Method, $"{path}?{name}={odd}", SampleBodies.Sample(route));
                    if (reply.Status != 400 || !reply.Json["errors"]!.AsObject().ContainsKey(name))
                        wrong.Add($"{route} {name}={odd}: {reply}");
                }
            }

            if (route.Subject == Subject.None)
                continue;
            foreach (var odd in new[] { "%ff", "%ed%a0%80", "%0a", "%2e%2e%2f", "%e2%80%8b" })
            {
                var reply = await api.Operator.Send(route.Method, route.Path.Replace("{id}", odd, StringComparison.Ordinal), SampleBodies.Sample(route));
                if (reply.Status is not (400 or 404) || reply.Code is not ("invalid" or "not_found"))
                    wrong.Add($"{route} id {odd}: {reply}");
            }
        }

        wrong.ShouldBeEmpty();
    }
}
