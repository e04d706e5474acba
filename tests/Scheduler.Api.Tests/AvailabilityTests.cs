using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>Availability: the rows are the grid's, the reasons those that a booking would be refused with, the seats those of the ledger.</summary>
public sealed class AvailabilityTests
{
    [Fact]
    public async Task Reasons_are_the_first_that_holds()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put("/seasons/later", new JsonObject
        {
            ["name"] = "Later", ["from"] = "2026-05-04", ["to"] = "2026-05-05", ["leadTimeDays"] = 14, ["fairShare"] = 1,
            ["collectUntil"] = "2026-04-01T00:00:00Z",
        }));
        await ApiClient.Must(api.Operator.Put("/policy", new JsonObject { ["horizonDays"] = 100 }));
        var (closed, full) = (Schools.Slot(40, 10), Schools.Slot(40, 11));
        await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", Exception(closed, 0)));
        await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", Exception(full, 3)));
        await ApiClient.Must(api.Instructor.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(full, 3)));
        (await Row(api, TestApi.Start)).ShouldBe((0, "past"));
        (await Row(api, Schools.Slot(5, 10))).ShouldBe((1000, "lead_time"));
        (await Row(api, Schools.Slot(63, 10))).ShouldBe((1000, "collecting"));
        (await Row(api, Schools.Slot(101, 10))).ShouldBe((1000, "horizon"));
        (await Row(api, closed)).ShouldBe((0, "closed"));
        (await Row(api, full)).ShouldBe((0, "full"));
        (await Row(api, Schools.Slot(40, 12))).ShouldBe((1000, null));
        await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", Exception(full, 1, force: true)));
        (await Row(api, full)).ShouldBe((0, "full"));
    }

    [Fact]
    public async Task Free_seats_are_exact_the_moment_a_booking_is_answered()
    {
        await using var api = await TestApi.Open();
        var start = Schools.Slot(40, 10);
        for (var taken = 1; taken <= 20; taken++)
        {
            await ApiClient.Must(api.Instructor.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(start)));
            (await Row(api, start)).ShouldBe((1000 - taken, null));
        }
    }

    [Fact]
    public async Task An_institution_out_of_reach_and_an_absent_one_look_alike()
    {
        await using var api = await TestApi.Open();
        var path = $"/availability?pool={Schools.Pool}&from={Schools.Text(Schools.Slot(40, 0))}&to={Schools.Text(Schools.Slot(41, 0))}&institution=";
        var foreign = await api.Instructor.Get(path + Schools.Foreign);
        foreign.Status.ShouldBe(404);
        (await api.Instructor.Get(path + "absent")).Text.ShouldBe(foreign.Text);
        (await api.Instructor.Get(path + Schools.Own)).Status.ShouldBe(200);
        (await api.Caller("boardCoordinator").Get(path + Schools.Own)).Status.ShouldBe(200);
        (await api.Instructor.Get(path.Replace("pool=office", "pool=nowhere", StringComparison.Ordinal) + Schools.Own)).Code.ShouldBe("unknown_pool");
    }

    /// <summary>
    /// 35 days around every clock change of a year in odd zones: the text's rows against the grid and the rules, which share no code with it.
    /// </summary>
    [Theory]
    [InlineData("America/Toronto", "America/St_Johns")]
    [InlineData("America/St_Johns", "America/Toronto")]
    [InlineData("Australia/Lord_Howe", "Pacific/Apia")]
    [InlineData("Asia/Kathmandu", "America/Havana")]
    [InlineData("UTC", "Asia/Beirut")]
    public void Rows_are_those_of_the_grid_and_reasons_those_of_the_rules(string poolZone, string schoolZone)
    {
        var pool = new Pool(PoolId.Of("p"), "P", DateTimeZoneProviders.Tzdb[poolZone], "i");
        var zone = DateTimeZoneProviders.Tzdb[schoolZone];
        var season = new Season(SeasonId.Of("s"), "S", new(2026, 4, 1), new(2026, 4, 12), 40, 0.5m, Instant.FromUtc(2026, 3, 20, 5, 0));
        var catalogue = Catalogue.Empty.With(pool, 1).With(new SeasonEntry(season), 1).With(new PolicyEntry(new() { HorizonDays = 60 }), 1);
        var school = new Institution { Id = InstitutionId.Of("i"), Name = "I", Zone = zone, Onboarding = Onboarding.Complete };
        foreach (var from in new[] { Instant.FromUtc(2026, 3, 1, 0, 20), Instant.FromUtc(2026, 3, 25, 0, 0), Instant.FromUtc(2026, 10, 20, 3, 0) })
        {
            foreach (var now in new[] { from - Duration.FromDays(50), from + Duration.FromMinutes(61), from - Duration.FromDays(13) })
            {
                var to = from + Duration.FromDays(35);
                var buffer = new byte[200_000];
                var length = new AvailabilityText(buffer).Write(pool, null, [], new(catalogue, zone, now), default, from, to, now);
                var rows = JsonNode.Parse(buffer.AsSpan(0, length))!["slots"]!.AsArray();
                var basis = new DecisionBasis(school, InstitutionState.Empty, catalogue, now);
                var expected = pool.Grid.Starts(from, to).Select(start => (InstantPattern.ExtendedIso.Format(start), Reason(start, basis)));
                rows.Select(row => ((string)row!["start"]!, (string)row["reason"]!)).ShouldBe(expected);
                StartMembers.Faults(rows).ShouldBeEmpty();
                rows.ShouldAllBe(row => (string)row!["zone"]! == schoolZone);
            }
        }
    }

    private static string Reason(Instant start, DecisionBasis basis) =>
        BookingRules.Dates(start, basis, hasOverride: false, null)?.Code
        ?? (basis.Catalogue.Calendar.OpensAt(LeadTime.Day(start, basis.Institution.Zone), basis.Now) is null ? "closed" : "collecting");

    private static JsonObject Exception(Instant start, int seats, bool force = false) =>
        new()
        {
            ["from"] = Schools.Text(start), ["to"] = Schools.Text(start + Duration.FromHours(1)), ["seats"] = seats, ["force"] = force, ["reason"] = "broken",
        };

    private static async Task<(int Free, string? Reason)> Row(TestApi api, Instant start)
    {
        var range = $"from={Schools.Text(start)}&to={Schools.Text(start + Duration.FromMinutes(1))}";
        var shown = await ApiClient.Must(api.Instructor.Get($"/availability?pool={Schools.Pool}&{range}"));
        var row = shown["slots"]!.AsArray().Single()!;
        ((bool)row["bookable"]!).ShouldBe(row["reason"] is null);
        return ((int)row["free"]!, (string?)row["reason"]);
    }
}
