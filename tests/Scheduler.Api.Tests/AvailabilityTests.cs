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
        await using var town = await Town.Open();
        await Asker.Must(town.Operator.Put("/seasons/later", new JsonObject
        {
            ["name"] = "Later", ["from"] = "2026-05-04", ["to"] = "2026-05-05", ["leadTimeDays"] = 14, ["fairShare"] = 1, ["collectUntil"] = "2026-04-01T00:00:00Z",
        }));
        await Asker.Must(town.Operator.Put("/policy", new JsonObject { ["horizonDays"] = 100 }));
        var (closed, full) = (Town.Slot(40, 10), Town.Slot(40, 11));
        await Asker.Must(town.Operator.Put($"/pools/{Town.Pool}/capacity", Exception(closed, 0)));
        await Asker.Must(town.Operator.Put($"/pools/{Town.Pool}/capacity", Exception(full, 3)));
        await Asker.Must(town.Instructor.Post($"/institutions/{Town.Own}/bookings", Town.Booking(full, 3)));
        (await Row(town, Town.Start)).ShouldBe((0, "past"));
        (await Row(town, Town.Slot(5, 10))).ShouldBe((1000, "lead_time"));
        (await Row(town, Town.Slot(63, 10))).ShouldBe((1000, "collecting"));
        (await Row(town, Town.Slot(101, 10))).ShouldBe((1000, "horizon"));
        (await Row(town, closed)).ShouldBe((0, "closed"));
        (await Row(town, full)).ShouldBe((0, "full"));
        (await Row(town, Town.Slot(40, 12))).ShouldBe((1000, null));
        await Asker.Must(town.Operator.Put($"/pools/{Town.Pool}/capacity", Exception(full, 1, force: true)));
        (await Row(town, full)).ShouldBe((0, "full"));
    }

    [Fact]
    public async Task Free_seats_are_exact_the_moment_a_booking_is_answered()
    {
        await using var town = await Town.Open();
        var start = Town.Slot(40, 10);
        for (var taken = 1; taken <= 20; taken++)
        {
            await Asker.Must(town.Instructor.Post($"/institutions/{Town.Own}/bookings", Town.Booking(start)));
            (await Row(town, start)).ShouldBe((1000 - taken, null));
        }
    }

    [Fact]
    public async Task An_institution_out_of_reach_and_an_absent_one_look_alike()
    {
        await using var town = await Town.Open();
        var path = $"/availability?pool={Town.Pool}&from={Town.Text(Town.Slot(40, 0))}&to={Town.Text(Town.Slot(41, 0))}&institution=";
        var foreign = await town.Instructor.Get(path + Town.Foreign);
        foreign.Status.ShouldBe(404);
        (await town.Instructor.Get(path + "absent")).Text.ShouldBe(foreign.Text);
        (await town.Instructor.Get(path + Town.Own)).Status.ShouldBe(200);
        (await town.Caller("boardCoordinator").Get(path + Town.Own)).Status.ShouldBe(200);
        (await town.Instructor.Get(path.Replace("pool=office", "pool=nowhere", StringComparison.Ordinal) + Town.Own)).Code.ShouldBe("unknown_pool");
    }

    /// <summary>35 days around every clock change of a year in odd zones: the text's rows against the grid and the rules, which share no code with it.</summary>
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
                var length = new AvailabilityText(buffer).Write(pool, null, new(catalogue, zone, now), from, to, now);
                var rows = JsonNode.Parse(buffer.AsSpan(0, length))!["slots"]!.AsArray();
                var basis = new DecisionBasis(school, InstitutionState.Empty, catalogue, now);
                var expected = pool.Grid.Starts(from, to).Select(start => (InstantPattern.ExtendedIso.Format(start), Reason(start, basis)));
                rows.Select(row => ((string)row!["start"]!, (string)row["reason"]!)).ShouldBe(expected);
            }
        }
    }

    private static string Reason(Instant start, DecisionBasis basis) =>
        BookingRules.Dates(start, basis, hasOverride: false, null)?.Code
        ?? (basis.Catalogue.Calendar.OpensAt(LeadTime.Day(start, basis.Institution.Zone), basis.Now) is null ? "closed" : "collecting");

    private static JsonObject Exception(Instant start, int seats, bool force = false) =>
        new() { ["from"] = Town.Text(start), ["to"] = Town.Text(start + Duration.FromHours(1)), ["seats"] = seats, ["force"] = force };

    private static async Task<(int Free, string? Reason)> Row(Town town, Instant start)
    {
        var shown = await Asker.Must(town.Instructor.Get($"/availability?pool={Town.Pool}&from={Town.Text(start)}&to={Town.Text(start + Duration.FromMinutes(1))}"));
        var row = shown["slots"]!.AsArray().Single()!;
        ((bool)row["bookable"]!).ShouldBe(row["reason"] is null);
        return ((int)row["free"]!, (string?)row["reason"]);
    }
}
