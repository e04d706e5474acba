using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>R18: after a sitting its school says how many sat; seats booked and seats used are shown per school, programme and season.</summary>
public sealed class R18_Use
{
    [Fact]
    public async Task R18_seats_booked_and_used_are_added_up_by_school_programme_and_season()
    {
        await using var api = await TestApi.Open();
        (await api.Operator.Put("/seasons/spring", Json.Of(("name", "Spring"), ("from", "2026-05-11"), ("to", "2026-05-11"), ("leadTimeDays", 21)))).Must(200);
        async Task<string> Book(string school, int days, int hour, int seats) =>
            (await api.Operator.Post($"/institutions/{school}/bookings", Schools.Booking(Schools.Slot(days, hour), seats))).Must(201).Member("id");
        // Day 70 is 11 May: inside the season. The later ones have not begun when the figures are read.
        var outside = await Book(Schools.Own, 69, 14, 30);
        var inside = await Book(Schools.Own, 70, 14, 20);
        await Book(Schools.Own, 70, 15, 8);
        var foreign = await Book(Schools.Foreign, 69, 14, 9);
        var cancelled = await Book(Schools.Own, 69, 16, 5);
        (await api.Operator.Post($"/bookings/{cancelled}/cancel", null)).Must(200);
        await Book(Schools.Own, 71, 14, 7);
        api.Clock.Set(Schools.Slot(70, 20));
        foreach (var (booking, attended) in new[] { (outside, 27), (inside, 20), (foreign, 0) })
            (await api.Operator.Post($"/bookings/{booking}/attendance", Json.Of(("attended", attended)))).Must(200);

        static IEnumerable<string> Rows(Reply reply) => reply.Must(200).Json["items"]!.AsArray().Select(row => string.Join(' ', row!.AsObject()
            .Select(member => member.Value?.ToString() ?? "-")));
        string[] own = ["own MOS - 1 30 1 30 27 3 0.1", "own MOS spring 2 28 1 20 20 0 0"];
        Rows(await api.Operator.Get("/use")).ShouldBe(["foreign MOS - 1 9 1 9 0 9 1", .. own]);
        foreach (var caller in new[] { "viewer", "instructor", "coordinator", "boardCoordinator" })
            Rows(await api.Caller(caller).Get("/use")).ShouldBe(own, caller);
        Rows(await api.Caller("foreign").Get("/use")).ShouldBe(["foreign MOS - 1 9 1 9 0 9 1"]);
        (await api.Instructor.Get($"/use?institution={Schools.Foreign}")).MustRefuse(404, "not_found");
        Rows(await api.Operator.Get($"/use?institution={Schools.Own}&from=2026-05-11T04:00:00Z&to=2026-05-11T15:00:00Z"))
            .ShouldBe(["own MOS spring 1 20 1 20 20 0 0"]);

        var pages = new List<string>();
        var cursor = "";
        do
        {
            var page = await api.Operator.Get($"/use?limit=1{cursor}");
            pages.AddRange(Rows(page));
            cursor = (string?)page.Json["next"] is { } next ? $"&cursor={Uri.EscapeDataString(next)}" : null;
        }
        while (cursor is not null);
        pages.ShouldBe(["foreign MOS - 1 9 1 9 0 9 1", .. own]);
        (await api.Operator.Get("/use?cursor=x")).MustRefuse(400, "invalid");
    }

    [Fact]
    public async Task R18_the_table_runs_nothing_in_a_spreadsheet()
    {
        await using var api = await TestApi.Open();
        var exam = SampleBodies.Samples["Exam"].DeepClone();
        const string programme = "=HYPERLINK(\"http://x\",1)";
        exam["programme"] = programme;
        (await api.Operator.Put("/exams/odd", exam)).Must(200);
        (await api.Operator.Post($"/institutions/{Schools.Own}/packs", Json.Of(("programme", programme), ("quantity", 50), ("purchasedOn", "2026-03-01"))))
            .Must(201);
        var booking = Schools.Booking(Schools.Slot(69, 14), 3);
        booking["exam"] = "odd";
        (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", booking)).Must(201);
        api.Clock.Set(Schools.Slot(70, 14));
        var table = (await api.Operator.Get("/use?format=csv")).Must(200);
        table.Text.ShouldBe("\ufeffinstitution,programme,season,sittings,seatsBooked,reported,seatsReported,attended,noShows,noShowRate\r\n"
            + "own,\"'=HYPERLINK(\"\"http://x\"\",1)\",,1,3,0,0,0,0,\r\n");
        table.ContentHeaders.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8; header=present");
        (await api.Operator.Get("/use?format=csv&limit=1")).MustRefuse(400, "invalid");
        (await api.Operator.Get("/use?format=xml")).MustRefuse(400, "invalid");
    }

    [Theory]
    [InlineData("MOS", "MOS")]
    [InlineData("", "")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@a", "'@a")]
    [InlineData("\tx", "'\tx")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    public void R18_a_cell_is_a_text_and_never_a_formula(string text, string cell) => CsvAnswer.Cell(text).ShouldBe(cell);
}
