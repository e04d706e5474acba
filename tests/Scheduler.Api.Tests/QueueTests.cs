using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>An institution's queue as it is listed.</summary>
public sealed class QueueTests
{
    [Fact]
    public async Task The_queue_tells_position_and_rank()
    {
        await using var api = await TestApi.Open();
        var start = Schools.Slot(40, 15);
        await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity",
            new JsonObject { ["from"] = Schools.Text(start), ["to"] = Schools.Text(start + Duration.FromHours(1)), ["seats"] = 1 }));
        foreach (var (school, weight) in new[] { (Schools.Foreign, 1), (Schools.Own, 1), (Schools.Own, 5) })
        {
            await ApiClient.Must(api.Operator.Post(
                $"/institutions/{school}/requests",
                new JsonObject
                {
                    ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 2, ["mode"] = "lab", ["preferredStart"] = Schools.Text(start),
                    ["weight"] = weight
                }));
        }

        var entries = new List<JsonNode?>();
        string? cursor = null;
        do
        {
            var after = cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}";
            var page = await ApiClient.Must(api.Instructor.Get($"/institutions/{Schools.Own}/queue?limit=1{after}"));
            entries.AddRange(page["items"]!.AsArray());
            cursor = (string?)page["next"];
            // The cursor counts the entries of the pages before. A queue never has so many.
            foreach (var count in cursor is null ? [] : new[] { Limits.QueuedRequests + 1, int.MaxValue })
            {
                var forged = Uri.EscapeDataString($"{count}.{cursor?.Split('.')[1]}");
                (await api.Instructor.Get($"/institutions/{Schools.Own}/queue?cursor={forged}")).MustRefuse(400, "invalid");
            }
        }
        while (cursor is not null);
        entries.Select(entry => ((int?)entry!["position"], (int?)entry["rank"])).ShouldBe([(1, 3), (2, 1)]);
        (await api.Instructor.Delete($"/requests/{entries[0]!["id"]}")).Status.ShouldBe(204);
        (await api.Instructor.Delete($"/requests/{entries[0]!["id"]}")).Status.ShouldBe(204);
        var left = (await ApiClient.Must(api.Instructor.Get($"/institutions/{Schools.Own}/queue")))["items"]!.AsArray();
        left.Select(entry => ((string)entry!["status"]!, (int?)entry["position"], (int?)entry["rank"])).ShouldBe([("withdrawn", null, null), ("queued", 1, 1)]);
    }
}
