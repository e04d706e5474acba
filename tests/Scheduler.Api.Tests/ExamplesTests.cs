using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>
/// Every example of the document is sent to a real server, and answered as the example says: with the same members of the same kinds, in the same order. Values
/// such as ids differ. Set SCHEDULER_RECORD=1 to write the answers into the example files anew.
/// </summary>
public sealed class ExamplesTests
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly bool _isRecording = Environment.GetEnvironmentVariable("SCHEDULER_RECORD") == "1";

    private const string Attendance = "/bookings/{id}/attendance";
    private const string Use = "/use";

    [Fact]
    public async Task Every_example_is_answered_as_it_says()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put("/seasons/winter", SampleBodies.Samples["Season"]));
        // One hour has more seats than the queued requests need, so that the requests may wait.
        await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(
            ("from", Schools.Text(Schools.Slot(300, 0))), ("to", Schools.Text(Schools.Slot(300, 1))), ("seats", 2_000))));
        await QueuedRequest(api, Schools.Slot(100, 0));
        await TestPeople.Add(api.Services, "coordinator", Schools.Own);
        // A plan of the examples does not serve this request, and a hundred seats more do.
        (await api.Operator.Post($"/institutions/{Schools.Own}/requests", new JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 1_100, ["mode"] = "lab", ["preferredStart"] = "2026-06-01T14:00:00Z",
            ["windows"] = JsonNode.Parse("""[{"from":"2026-06-01","to":"2026-06-01","fromTime":"10:00","toTime":"12:00"}]"""),
        })).Must(201);
        (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(Schools.Slot(95, 14), 28))).Must(201);
        var hour = 0;
        // The clock goes ahead for the attendance, and waiting entries may then expire with a notice. So the attendance comes last, and then
        // the use of the seats, which the attendance tells.
        var routes = ApiRoute.All.OrderBy(route => Array.IndexOf([Attendance, Use], route.Path)).ThenBy(route => route.Method == "DELETE");
        foreach (var route in routes.ThenBy(route => route.Path, StringComparer.Ordinal))
        {
            var example = RouteExamples.Of(route.Facts).ShouldNotBeNull(route.ToString());
            api.Clock.Set(TestApi.Start);
            var id = await Id(api, route, Schools.Slot(100, 0) + Duration.FromHours(++hour));
            if (route.Path is Attendance or Use)
                api.Clock.Set(Schools.Slot(110, 0));
            var path = route.Path.Replace("{id}", id, StringComparison.Ordinal) + (example.Query is { } query ? $"?{query}" : "");
            var reply = await api.Operator.Send(route.Method, path, example.Request);
            reply.Status.ShouldBeInRange(200, 299, $"{route}: {reply}");
            foreach (var (name, more) in example.More ?? [])
                (await api.Operator.Send(route.Method, path, more)).Status.ShouldBeInRange(200, 299, $"{route} {name}");
            var answer = reply.Status == 204 ? null : Last(reply);
            if (_isRecording)
                Record(route, answer);
            else
                Shape(answer).ShouldBe(Shape(example.Answer), route.ToString());
        }
    }

    /// <summary>The members and kinds of a value. Of an array, those of its first entry.</summary>
    private static string Shape(JsonNode? value) => value switch
    {
        JsonObject members => $"{{{string.Join(",", members.Select(member => $"{member.Key}:{Shape(member.Value)}"))}}}",
        JsonArray entries => $"[{(entries.Count > 0 ? Shape(entries[0]) : "")}]",
        null => "null",
        _ => value.GetValueKind() switch { JsonValueKind.True or JsonValueKind.False => "flag", var kind => kind.ToString() },
    };

    /// <summary>The answer; of a stream of events, the content of the last one.</summary>
    private static JsonNode Last(Reply reply) => reply.ContentHeaders.ContentType!.MediaType == "text/event-stream"
        ? JsonNode.Parse(reply.Text.TrimEnd().Split('\n')[^1]["data:".Length..])!
        : reply.Json;

    /// <summary>The id of a subject for one call, made afresh where the call may change it.</summary>
    private static async Task<string> Id(TestApi api, ApiRoute route, Instant start)
    {
        switch (route.Subject)
        {
            case Subject.Pool:
                return Schools.Pool;
            case Subject.Exam:
                return Schools.Exam;
            case Subject.Season:
                return "winter";
            case Subject.Institution:
                return route.Method is "PUT" or "PATCH" ? "maple" : Schools.Own;
            case Subject.Booking:
                return (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(start, 28))).Must(201).Member("id");
            case Subject.Hold:
                return (await api.Operator.Post($"/institutions/{Schools.Own}/holds", Schools.Booking(start, 28))).Must(201).Member("id");
            case Subject.Request:
                return (await QueuedRequest(api, start)).Member("id");
            case Subject.Pack:
                return await Schools.NewPack(api.Operator, Schools.Own);
            case Subject.Plan:
                return await Schools.EndedPlan(api.Operator);
            case Subject.ApiKey:
                var key = new JsonObject { ["role"] = "viewer", ["institution"] = Schools.Own, ["name"] = "Mr Elm" };
                return (await api.Operator.Post("/api-keys", key)).Must(201).Member("id");
            case Subject.Import:
                // The example of the application has made the school of the sample by then.
                var file = route.Path.EndsWith("/rows", StringComparison.Ordinal)
                    ? ImportFiles.Body("id,name,zone\nlater,Later School,America/Toronto\n") : SampleBodies.Samples["Import"];
                return (await api.Operator.Post("/imports", file)).Must(201).Member("id");
            case Subject.Person:
                return await TestPeople.Add(api.Services, "instructor", Schools.Own);
            case Subject.Invitation:
                return (await api.Operator.Post("/invitations", Json.Of(
                    ("email", $"{start.ToUnixTimeSeconds()}@school.example"), ("role", "viewer"), ("institution", Schools.Own)))).Must(201).Member("id");
            default:
                return "";
        }
    }

    /// <summary>A request for more seats than there are, so that it goes on waiting.</summary>
    private static async Task<Reply> QueuedRequest(TestApi api, Instant start)
    {
        var wish = new JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 1_001, ["mode"] = "lab",
            ["preferredStart"] = Schools.Text(start)
        };
        return (await api.Operator.Post($"/institutions/{Schools.Own}/requests", wish)).Must(201);
    }

    private static void Record(ApiRoute route, JsonNode? answer, [CallerFilePath] string here = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "src", "Scheduler.Api", "Http", "Endpoints");
        foreach (var file in Directory.EnumerateFiles(folder, "*.examples.json"))
        {
            var examples = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
            if (!examples.ContainsKey($"{route.Method} {route.Path}"))
                continue;
            if (answer?["items"] is JsonArray { Count: > 1 } items)
                answer["items"] = new JsonArray(items[0]!.DeepClone());
            if (answer?["key"] is not null)
                answer["key"] = "sk_…";
            if (answer?["link"] is not null)
                answer["link"] = "https://scheduler.example/join?code=…";
            examples[$"{route.Method} {route.Path}"]!["answer"] = answer;
            File.WriteAllText(file, examples.ToJsonString(_indented) + "\n");
        }
    }
}
