using System.Text.Json;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>Availability for a need over HTTP: its parameters, their faults, and the rows.</summary>
public sealed class NeedAvailabilityTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Range = "pool=p&from=2026-05-01T09:00:00Z&to=2026-05-01T12:00:00Z";

    [Fact]
    public async Task Each_row_says_whether_the_need_fits_and_why_not()
    {
        var who = await api.NewCaller("viewer", "b");
        (await api.Operator.Post("/institutions/x/bookings", SmallPool.Booking(Instant.FromUtc(2026, 5, 1, 11, 0), 18))).Must(201);
        var plain = (await who.Get($"/availability?{Range}")).Must(200);
        plain.Root.GetProperty("slots")[0].EnumerateObject().Select(member => member.Name).ShouldNotContain("fits");
        plain.Text.ShouldNotContain("whyNot");

        // From 10:00 the block of an hour is free, but the candidate with 100 per cent of extra time needs the hour after it, too.
        (await Rows(who, "exam=e&seats=5&mode=lab")).ShouldBe(["09 fits", "10 fits", "11 slot_full"]);
        (await Rows(who, "exam=e&seats=5&mode=lab&accommodations=3x100")).ShouldBe(["09 fits", "10 slot_full", "11 slot_full"]);
        (await Rows(who, "exam=e&seats=5&mode=online&accommodations=2x100,1x25")).ShouldBe(["09 fits", "10 slot_full", "11 slot_full"]);
        (await Rows(who, "exam=e&seats=1001&mode=lab")).ShouldAllBe(row => row.EndsWith("lab_seats_exceeded", StringComparison.Ordinal));
        (await Rows(api.Operator, "exam=e&seats=1&mode=lab&institution=b")).ShouldBe(["09 fits", "10 fits", "11 fits"]);
        (await Rows(who, "exam=long&seats=5&mode=lab", "pool=p&from=2026-03-05T09:00:00Z&to=2026-03-05T10:00:00Z")).ShouldBe(["09 lead_time"]);
    }

    [Theory]
    [InlineData("exam=e", "seats,mode")]
    [InlineData("seats=5", "exam,mode")]
    [InlineData("accommodations=1x50", "exam,seats,mode")]
    [InlineData("exam=e&mode=lab", "seats")]
    [InlineData("exam=e&seats=5&mode=lab&accommodations=3x50,3x25", "accommodations")]
    [InlineData("exam=e&seats=5&mode=lab&accommodations=0x50", "accommodations")]
    [InlineData("exam=e&seats=5&mode=lab&accommodations=1x301", "accommodations")]
    [InlineData("exam=e&seats=5&mode=lab&accommodations=1x50,", "accommodations")]
    [InlineData("exam=e&seats=5&mode=lab&accommodations=1", "accommodations")]
    [InlineData("exam=e&seats=0&mode=lab", "seats")]
    [InlineData("exam=e&seats=100001&mode=lab", "seats")]
    [InlineData("exam=e&seats=5&mode=home", "mode")]
    [InlineData("exam=E&seats=5&mode=lab", "exam")]
    [InlineData("exam=e&seats=5&mode=lab&accommodations=1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1,1x1", "accommodations")]
    public async Task A_need_that_is_not_whole_or_not_good_is_refused_by_name(string need, string fields)
    {
        var who = await api.NewCaller("instructor", "b");
        var refused = (await who.Get($"/availability?{Range}&{need}")).MustRefuse(400, "invalid");
        refused.Root.GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(fields.Split(','), ignoreOrder: true);
    }

    [Fact]
    public async Task A_need_is_somebodys_and_its_exam_must_be_there()
    {
        var refused = (await api.Operator.Get($"/availability?{Range}&exam=e&seats=5&mode=lab")).MustRefuse(400, "invalid");
        refused.Root.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe("institution");
        var who = await api.NewCaller("instructor", "b");
        (await who.Get($"/availability?{Range}&exam=none&seats=5&mode=lab")).MustRefuse(404, "unknown_exam");
        (await who.Get($"/availability?{Range}&exam=e&seats=5&mode=lab&institution=x")).MustRefuse(404, "not_found");
        (await api.Operator.Get($"/availability?{Range}")).Must(200);
    }

    private static async Task<List<string>> Rows(ApiClient who, string need, string range = Range) =>
    [
        .. (await who.Get($"/availability?{range}&{need}")).Must(200).Root.GetProperty("slots").EnumerateArray()
            .Select(slot => $"{slot.GetProperty("start").GetString()!.Substring(11, 2)} {Fit(slot)}"),
    ];

    private static string Fit(JsonElement slot)
    {
        var whyNot = slot.GetProperty("whyNot").GetString();
        slot.GetProperty("fits").GetBoolean().ShouldBe(whyNot is null);
        return whyNot ?? "fits";
    }
}
