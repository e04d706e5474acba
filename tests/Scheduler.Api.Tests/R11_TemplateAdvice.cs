using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>R11: a template advised over HTTP from bookings, requests and refusals, as a PUT takes it.</summary>
public sealed class R11_TemplateAdvice
{
    [Fact]
    public async Task R11_the_template_of_the_next_season_shows_the_demand_behind_each_figure()
    {
        var time = new FakeTimeProvider();
        await using var api = await TestApi.Open(configure: services => services.AddKeyedSingleton<TimeProvider>(SiloSetup.Timers, time));
        // Mondays 14:00 UTC, 10:00 in Toronto.
        var start = Instant.FromUtc(2026, 6, 1, 14, 0);
        (await api.Instructor.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(start, 30))).Must(201);
        for (var retry = 0; retry < 2; retry++)
        {
            (await api.Instructor.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(start + Duration.FromDays(7), 1_001)))
                .MustRefuse(409, "slot_full");
        }

        // The season clock hands over once a minute. It may begin its first second a moment after the server listens.
        var advised = (await api.Operator.Get(Query("&percent=100"))).Must(200).Json;
        for (var second = 0; second < 600 && (int)advised["seatsAsked"]! == 30; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            advised = (await api.Operator.Get(Query("&percent=100"))).Must(200).Json;
        }

        ((int)advised["seatsAsked"]!, (string)advised["zone"]!).ShouldBe((1_031, "America/Toronto"));
        var hour = advised["hours"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)hour["day"]!, (string)hour["fromTime"]!, (int)hour["seats"]!, (int)hour["booked"]!, (int)hour["unserved"]!, (int)hour["refused"]!,
            (int)hour["slots"]!, (int)hour["peak"]!, (int)hour["offered"]!).ShouldBe(("mon", "10:00", 1_001, 30, 0, 1_001, 2, 1_001, 1_000));
        (await api.Operator.Get(Query("&percent=50"))).Must(200).Json["hours"]![0]!["seats"]!.GetValue<int>().ShouldBe(486);

        // A request for the same day says it better than the refusal.
        (await api.Operator.Post($"/institutions/{Schools.Own}/requests", new JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 900, ["mode"] = "lab", ["preferredStart"] = "2026-06-08T15:00:00Z",
            ["windows"] = JsonNode.Parse("""[{"from":"2026-06-08","to":"2026-06-08"}]"""),
        })).Must(201);
        advised = (await api.Operator.Get(Query(""))).Must(200).Json;
        advised["hours"]!.AsArray().Select(one => ((string)one!["fromTime"]!, (int)one["unserved"]!, (int)one["refused"]!, (int)one["seats"]!))
            .ShouldBe([("10:00", 0, 0, 29), ("11:00", 900, 0, 855)]);
        (await api.Operator.Put($"/pools/{Schools.Pool}/template", new JsonObject
        {
            ["weekly"] = advised["weekly"]!.DeepClone(), ["from"] = "2027-05-01", ["to"] = "2027-07-31",
        })).Must(200);
        (await api.Operator.Get("/advice/template?pool=gone&from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z")).MustRefuse(404, "unknown_pool");
        (await api.Operator.Get(Query("&percent=101"))).MustRefuse(400, "invalid");
        (await api.Operator.Get($"/advice/template?pool={Schools.Pool}&from=2026-06-01T00:00:00Z&to=2027-06-03T00:00:00Z")).MustRefuse(400, "invalid");
        await api.MustAddUp();
    }

    private static string Query(string more) => $"/advice/template?pool={Schools.Pool}&from=2026-06-01T04:00:00Z&to=2026-06-15T04:00:00Z{more}";
}
