using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MiniExcelLibs;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>What leaves the program: tables, the calendar feed and the day sheet; and what happened to a booking.</summary>
[Collection(nameof(FlowCollection))]
public sealed partial class BookingsOutTests(FlowFixture flows)
{
    private const string Formula = "=HYPERLINK(\"http://elsewhere.example\")";
    private static readonly HttpClient _http = new();

    [Fact]
    public async Task A_table_of_bookings_runs_no_formula()
    {
        var id = await Book(FlowFixture.At(new(2026, 4, 20), 9), 3, Formula);
        var csv = (await flows.Instructor.Get($"/institutions/{FlowFixture.School}/bookings?format=csv")).Must(200);
        csv.ContentHeaders.ContentType!.MediaType.ShouldBe("text/csv");
        csv.Text.ShouldContain($"\"'{Formula.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        csv.Text.ShouldContain("2026-04-20T09:00,2026-04-20T10:00,America/Toronto,word");
        // A program reads the names of the contract; a reader of the pages the language of the pages. Spreadsheets need the mark in front.
        csv.Text.ShouldStartWith("\ufefflocalStart,localEnd,zone,");
        foreach (var (language, heads) in new[] { ("fr-CA", "Début (heure locale),Fin (heure locale),Fuseau,"), ("en-CA", "Start (local),End (local),Zone,") })
        {
            using var reader = new PageClient(flows.Api.Url, language: language);
            await reader.SignIn(flows.Instructor.Key!);
            (await reader.Get($"/api/v1/institutions/{FlowFixture.School}/bookings?format=csv")).Text.ShouldStartWith(heads);
        }


        var xlsx = (await flows.Instructor.Get($"/institutions/{FlowFixture.School}/bookings?format=xlsx")).Must(200);
        using var body = new MemoryStream(xlsx.Body);
        IDictionary<string, object?>[] rows = [.. body.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>()];
        var row = rows.Single(one => (string?)one["id"] == id);
        ((string?)row["reference"], (string?)row["localStart"], Convert.ToInt32(row["seats"], null)).ShouldBe((Formula, "2026-04-20T09:00", 3));
        using var zip = new ZipArchive(body);
        foreach (var entry in zip.Entries.Where(entry => entry.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)))
        {
            using var text = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
            (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldNotContain("<x:f>");
        }

        (await flows.Instructor.Get($"/institutions/{FlowFixture.School}/bookings?format=csv&limit=5")).MustRefuse(400, "invalid");
        (await flows.Other.Get($"/institutions/{FlowFixture.School}/bookings?format=xlsx")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task A_calendar_feed_follows_bookings_and_a_new_secret_ends_the_old_address()
    {
        var (first, second) = (FlowFixture.At(new(2026, 4, 21), 9), FlowFixture.At(new(2026, 4, 21), 11));
        var id = await Book(first, 4, "a, b; c");
        await using var visitor = await flows.Visit();
        var feed = await Make(visitor);
        await visitor.MustBeSound("the feed");
        var before = await Event(feed, id);
        before["DTSTART"].ShouldBe("20260421T130000Z");
        before["DTEND"].ShouldBe("20260421T140000Z");
        before["STATUS"].ShouldBe("CONFIRMED");
        before["DESCRIPTION"].ShouldStartWith("a\\, b\\; c");
        (await flows.Instructor.Post($"/bookings/{id}/reschedule", Json.Of(("start", Json.Text(second))))).Must(200);
        // An entry that did not change reads the same later; a change shows when it was made.
        flows.Api.Clock.Advance(Duration.FromSeconds(2));
        (await Event(feed, id))["DTSTAMP"].ShouldBe(before["DTSTAMP"]);
        (await flows.Instructor.Post($"/bookings/{id}/resize", Json.Of(("seats", 5)))).Must(200);
        string.CompareOrdinal((await Event(feed, id))["DTSTAMP"], before["DTSTAMP"]).ShouldBeGreaterThan(0);
        var moved = await Event(feed, id);
        (moved["UID"], moved["DTSTART"]).ShouldBe((before["UID"], "20260421T150000Z"));
        int.Parse(moved["SEQUENCE"], null).ShouldBeGreaterThan(int.Parse(before["SEQUENCE"], null));
        (await flows.Instructor.Post($"/bookings/{id}/cancel", "{}")).Must(200);
        (await Event(feed, id))["STATUS"].ShouldBe("CANCELLED");

        // The secret opens the feed, and nothing else.
        var secret = feed.Split('/')[^1][..^4];
        (await flows.Api.As(secret).Get("/me")).MustRefuse(403, "forbidden");
        (await flows.Api.As(secret).Get($"/institutions/{FlowFixture.School}/bookings")).MustRefuse(403, "forbidden");
        (await Status($"{flows.Api.Url}/feeds/{flows.Instructor.Key}.ics")).ShouldBe(HttpStatusCode.NotFound);
        var next = await Make(visitor);
        (await Status(feed)).ShouldBe(HttpStatusCode.NotFound);
        (await Status(next)).ShouldBe(HttpStatusCode.OK);
        await visitor.Open("/bookings/feed");
        await visitor.Page.Locator("button[value=revoke]").ClickAsync();
        (await Status(next)).ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>A viewer follows the school too, and a board's coordinator all schools of the board, each named.</summary>
    [Fact]
    public async Task A_viewer_and_a_board_have_feeds()
    {
        await flows.NewSchool("feedboard", "Board");
        await flows.NewSchool("feedschool", "Birch <i>School</i>");
        await ApiClient.Must(flows.Api.Operator.Patch("/institutions/feedschool", Json.Of(("board", "feedboard"))));
        var id = (await flows.Api.Operator.Post("/institutions/feedschool/bookings", FlowFixture.Body(FlowFixture.At(new(2026, 4, 24), 9), 2)))
            .Must(201).Member("id");
        foreach (var (role, institution, summary) in new[] { ("viewer", "feedschool", "Word"), ("coordinator", "feedboard", "Birch <i>School</i>: ") })
        {
            using var reader = new PageClient(flows.Api.Url);
            await reader.SignIn((await flows.Api.NewCaller(role, institution)).Key!);
            (await reader.Get("/bookings")).Text.ShouldContain("/bookings/feed");
            var made = (await reader.Send("/bookings/feed", "feed", [("Act", "make")])).Text;
            var feed = System.Net.WebUtility.HtmlDecode(Address().Match(made).Groups[1].Value);
            (await Event(feed, id))["SUMMARY"].ShouldStartWith(summary);
        }
    }

    /// <summary>More people than one page has lines for: further pages have the rest, and a lab's sheet has a place for the room.</summary>
    [Fact]
    public async Task A_day_sheet_has_a_line_for_everybody()
    {
        await flows.NewSchool("crowd", "Crowd");
        foreach (var (hour, seats, mode) in new[] { (9, 35, "lab"), (11, 30, "online") })
        {
            await ApiClient.Must(flows.Api.Operator.Post("/institutions/crowd/bookings", Json.Of(
                ("exam", FlowFixture.Exam), ("pool", FlowFixture.Pool), ("start", Json.Text(FlowFixture.At(new(2026, 4, 28), hour))),
                ("seats", seats), ("mode", mode))));
        }

        using var reader = new PageClient(flows.Api.Url);
        await reader.SignIn((await flows.Api.NewCaller("viewer", "crowd")).Key!);
        var text = (await reader.Get("/bookings/day?date=2026-04-28")).Text;
        Line().Count(text).ShouldBe(35 + 30);
        text.ShouldContain("Lines 31 to 35 of 35");
        text.ShouldContain("start=\"31\"");
        text.ShouldContain("Room:");
        text.ShouldContain("Proctors needed: 2");
    }

    [Theory]
    [InlineData("Desktop", "en-CA")]
    [InlineData("Phone", "fr-CA")]
    public async Task A_day_sheet_has_the_end_of_each_group_and_a_code_to_the_booking(string name, string language)
    {
        var day = new LocalDate(2026, 4, 22);
        await ApiClient.Must(flows.Instructor.Post($"/institutions/{FlowFixture.School}/bookings", Json.Of(
            ("exam", FlowFixture.Exam), ("pool", FlowFixture.Pool), ("start", Json.Text(FlowFixture.At(day, name == "Phone" ? 10 : 9))), ("seats", 5),
            ("mode", "lab"), ("reference", "<b>Room 4</b>"), ("accommodations", new[] { new { candidates = 2, extraTimePercent = 50 } }))));
        await using var visitor = await flows.Visit((Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language });
        await visitor.Open($"/bookings/day?date={day:uuuu-MM-dd}");
        await visitor.MustBeSound("the day sheet");
        await visitor.Picture($"daysheet-{name}-{language}");
        (await visitor.Page.Locator(".sitting svg.qr path").First.GetAttributeAsync("d")).ShouldNotBeNull().ShouldStartWith("M");
        (await visitor.Page.Locator(".sitting .about").First.InnerTextAsync()).ShouldContain("<b>Room 4</b>");
        var rows = await visitor.Page.Locator(".sitting").Last.Locator("tbody tr").AllInnerTextsAsync();
        rows.Count.ShouldBe(2);
        rows[1].ShouldContain(language == "fr-CA" ? "11\u00a0h\u00a025 HAE" : "25 EDT");
        await visitor.Open("/bookings/day?date=2026-04-12");
        (await visitor.Page.Locator(".empty a").CountAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_booking_tells_what_happened_to_it_also_when_it_was_a_hold()
    {
        var start = FlowFixture.At(new(2026, 4, 23), 9);
        var hold = (await flows.Instructor.Post($"/institutions/{FlowFixture.School}/holds", FlowFixture.Body(start, 4))).Must(201).Member("id");
        var id = (await flows.Instructor.Post($"/holds/{hold}/confirm", null)).Must(201).Member("id");
        (await flows.Coordinator.Post($"/bookings/{id}/resize", Json.Of(("seats", 6), ("reason", "two more <i>came</i>")))).Must(200);
        var history = (await flows.Instructor.Get($"/bookings/{id}/history")).Must(200).Json["items"]!.AsArray();
        history.Select(row => (string)row!["what"]!).ShouldBe(["hold_confirmed", "booking_resized"]);
        ((string)(await flows.Instructor.Get($"/bookings/{id}")).Json["freeUntil"]!).ShouldBe("2026-04-21");
        (await flows.Other.Get($"/bookings/{id}/history")).MustRefuse(404, "not_found");
        await using var visitor = await flows.Visit();
        await visitor.Open($"/bookings/{id}");
        await visitor.MustBeSound("a booking with its history");
        await visitor.Picture("history");
        var lines = await visitor.Page.Locator(".history li").AllInnerTextsAsync();
        lines.Count.ShouldBe(2);
        lines[1].ShouldContain("Changed to 6 seats");
        lines[1].ShouldContain("two more <i>came</i>");
    }

    private async Task<string> Book(Instant start, int seats, string reference) => (await flows.Instructor.Post(
        $"/institutions/{FlowFixture.School}/bookings",
        Json.Of(
            ("exam", FlowFixture.Exam), ("pool", FlowFixture.Pool), ("start", Json.Text(start)), ("seats", seats), ("mode", "online"),
            ("reference", reference))))
        .Must(201).Member("id");

    private static async Task<string> Make(Visitor visitor)
    {
        await visitor.Open("/bookings/feed");
        await visitor.Page.Locator("button[value=make]").ClickAsync();
        return await visitor.Page.Locator("input[readonly]").InputValueAsync();
    }

    private static async Task<HttpStatusCode> Status(string address)
    {
        using var answer = await _http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    /// <summary>Reads the feed anew, by RFC 5545: unfolds the lines, then takes the lines of the entry of the booking.</summary>
    private static async Task<Dictionary<string, string>> Event(string address, string booking)
    {
        using var answer = await _http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.Split("\r\n").ShouldAllBe(line => System.Text.Encoding.UTF8.GetByteCount(line) <= 75);
        var lines = Folded().Replace(text, "").Split("\r\n");
        lines[0].ShouldBe("BEGIN:VCALENDAR");
        lines.ShouldContain("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        var entries = new List<Dictionary<string, string>>();
        foreach (var line in lines)
        {
            if (line == "BEGIN:VEVENT")
                entries.Add([]);
            else if (entries.Count > 0 && !line.StartsWith("END:", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal))
                entries[^1][line.Split(':', ';')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..];
        }

        return entries.Single(entry => entry["UID"].StartsWith(booking, StringComparison.Ordinal));
    }

    [GeneratedRegex("readonly value=\"([^\"]*)")]
    private static partial Regex Address();

    [GeneratedRegex("<li></li>")]
    private static partial Regex Line();

    [GeneratedRegex("\r\n[ \t]")]
    private static partial Regex Folded();
}
