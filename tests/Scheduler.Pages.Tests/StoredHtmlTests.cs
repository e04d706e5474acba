using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MiniExcelLibs;

namespace Scheduler.Tests;

/// <summary>
/// Whatever people write shows as text: HTML in every free text, and in every part of an address, on every page, in the feed, the tables and the day sheet.
/// </summary>
public sealed partial class StoredHtmlTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    private const string Evil = "=1+1, \"><img src=x onerror=alert(1)>'`{{2}}; \\nBEGIN:VALARM";
    private const string Tag = "<img src=x";
    private static readonly HttpClient _http = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HTML_in_every_free_text_shows_as_text_on_every_page_and_in_everything_that_leaves()
    {
        var written = await Write();
        var paths = PageRoute.All.Where(page => !page.Path.Contains('{', StringComparison.Ordinal)).Select(page => page.Path).Concat(written.Pages).ToList();
        var shown = new HashSet<string>();
        foreach (var key in new[] { TestApi.OperatorKey, written.Coordinator, written.Instructor })
        {
            using var reader = new PageClient(pages.Api.Url);
            await reader.SignIn(key);
            foreach (var path in paths)
            {
                var (_, text, _) = await reader.Get(path);
                text.ShouldNotContain(Tag, Case.Insensitive, path);
                if (WebUtility.HtmlDecode(text).Contains(Tag, StringComparison.Ordinal))
                    shown.Add(path.Split('?')[0]);
            }
        }

        // Else nothing was tested: these pages show what was written.
        shown.ShouldContain(path => path.StartsWith("/bookings/", StringComparison.Ordinal) && path.Length > 40);
        foreach (var path in new[] { "/availability", "/bookings", "/bookings/day", "/queue", "/school", "/schools", "/people", "/settings" })
            shown.ShouldContain(path);

        var table = $"/institutions/{Schools.Own}/bookings?format=";
        var csv = (await pages.Api.Operator.Get(table + "csv")).Must(200).Text;
        csv.ShouldContain($"\"'{Evil.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        Cells().Matches(csv).Select(cell => cell.Value.TrimStart(',', '\n', '"')).Where(cell => cell.Length > 0 && "=+@\t".Contains(cell[0])).ShouldBeEmpty();
        using var sheet = new MemoryStream((await pages.Api.Operator.Get(table + "xlsx")).Must(200).Body);
        sheet.Query(useHeaderRow: true).Cast<IDictionary<string, object?>>().ShouldContain(row => (string?)row["reference"] == Evil);
        using var zip = new ZipArchive(sheet);
        foreach (var entry in zip.Entries)
        {
            using var text = new StreamReader(await entry.OpenAsync(Token));
            var xml = await text.ReadToEndAsync(Token);
            xml.ShouldNotContain(Tag, Case.Insensitive, entry.FullName);
            Formula().IsMatch(xml).ShouldBeFalse(entry.FullName);
        }

        using var feed = await _http.GetAsync(new Uri(written.Feed), Token);
        feed.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        MustBeText(await feed.Content.ReadAsStringAsync(Token));
        feed.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);

        await using var visitor = await pages.Visit();
        await visitor.SignIn(written.Coordinator);
        foreach (var path in paths.Where(path => !path.StartsWith("/sign-in", StringComparison.Ordinal)))
        {
            await visitor.Open(path);
            (await visitor.Page.EvaluateAsync<int>("document.querySelectorAll('[onerror], img[src=x]').length")).ShouldBe(0, path);
        }
    }

    [Fact]
    public async Task HTML_in_an_address_shows_as_text()
    {
        var fields = new[]
        {
            "school", "pool", "exam", "date", "month", "show", "back", "code", "refused", "done", "from", "seats", "why", "mode", "start", "language", "need",
        };
        var query = string.Join('&', fields.Select(field => $"{field}={Uri.EscapeDataString(Evil)}"));
        foreach (var key in new[] { null, TestApi.OperatorKey, pages.Key("coordinator") })
        {
            using var reader = new PageClient(pages.Api.Url);
            if (key is not null)
                await reader.SignIn(key);
            foreach (var path in PageRoute.All.Select(page => page.Path.Replace("{Id:guid}", "00000000-0000-7000-8000-000000000009", StringComparison.Ordinal))
                .Append($"/no-such-page/{Uri.EscapeDataString(Evil)}").Append("/sign-in/provider/none"))
            {
                var (status, text, location) = await reader.Get($"{path}?{query}");
                ((int)status).ShouldBeLessThan(500, path);
                text.ShouldNotContain(Tag, Case.Insensitive, path);
                (location ?? "/").ShouldStartWith("/");
            }
        }
    }

    /// <summary>
    /// In the feed, every line begins with a property that the program writes, and what people wrote stands escaped as RFC 5545 has it.
    /// </summary>
    private static void MustBeText(string feed)
    {
        string[] known =
        [
            "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "VERSION:", "PRODID:", "CALSCALE:", "X-WR-CALNAME:", "NAME:", "REFRESH-INTERVAL;",
            "X-PUBLISHED-TTL:", "UID:", "DTSTAMP:", "LAST-MODIFIED:", "DTSTART:", "DTEND:", "SEQUENCE:", "STATUS:", "TRANSP:", "SUMMARY:", "DESCRIPTION:",
            "LOCATION:", "URL:",
        ];
        var lines = Folded().Replace(feed, "").Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Where(line => !known.Any(start => line.StartsWith(start, StringComparison.Ordinal))).ShouldBeEmpty();
        lines.ShouldAllBe(line => !line.Contains('\r', StringComparison.Ordinal) && !line.Contains('\n', StringComparison.Ordinal));
        lines.ShouldContain("BEGIN:VEVENT");
        var escaped = Evil.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal);
        foreach (var start in new[] { "X-WR-CALNAME:", "NAME:", "SUMMARY:", "DESCRIPTION:", "LOCATION:" })
        {
            var values = lines.Where(line => line.StartsWith(start, StringComparison.Ordinal)).Select(line => line[start.Length..]).ToList();
            values.ShouldContain(value => value.StartsWith(escaped, StringComparison.Ordinal), $"{start} {string.Join(" | ", values)}");
        }
    }

    /// <summary>Writes the text into everything that people write. Returns pages of what was written, the address of a feed, and keys.</summary>
    private async Task<(List<string> Pages, string Feed, string Coordinator, string Instructor)> Write()
    {
        var api = pages.Api.Operator;
        foreach (var id in new[] { Schools.Own, Schools.Board })
        {
            var body = Schools.School(board: id == Schools.Own ? Schools.Board : null);
            body["name"] = Evil;
            await ApiClient.Must(api.Put($"/institutions/{id}", body));
        }

        var pool = SampleBodies.Samples["Pool"].DeepClone().AsObject();
        var exam = SampleBodies.Samples["Exam"].DeepClone().AsObject();
        (pool["name"], exam["name"]) = (Evil, Evil);
        await ApiClient.Must(api.Put($"/pools/{Schools.Pool}", pool));
        await ApiClient.Must(api.Put($"/exams/{Schools.Exam}", exam));
        await ApiClient.Must(api.Put("/seasons/spring", Json.Of(
            ("name", Evil), ("from", "2026-05-01"), ("to", "2026-06-30"), ("leadTimeDays", 21), ("fairShare", 0.25), ("collectUntil", null))));
        var keys = new Dictionary<string, string>();
        foreach (var (role, id) in new[] { ("coordinator", Schools.Board), ("instructor", Schools.Own) })
            keys[role] = (await api.Post("/api-keys", Json.Of(("role", role), ("institution", id), ("name", Evil)))).Must(201).Member("key");
        var coordinator = pages.Api.As(keys["coordinator"]);
        await TestPeople.Add(pages.Api.Services, "instructor", Schools.Own, "evil@own.example", name: Evil);
        await ApiClient.Must(coordinator.Post("/invitations", Json.Of(("email", "next@own.example"), ("role", "viewer"), ("institution", Schools.Own))));

        var bookings = $"/institutions/{Schools.Own}/bookings";
        var first = Schools.Booking(Schools.Slot(70, 14), 3);
        first["reference"] = Evil;
        var kept = (await coordinator.Post(bookings, first)).Must(201).Member("id");
        (await api.Post($"/bookings/{kept}/resize", Json.Of(("seats", 2), ("reason", Evil)))).Must(200);
        var near = Schools.Booking(Schools.Slot(4, 14), 1);
        near["reference"] = Evil;
        near["override"] = new JsonObject { ["reason"] = Evil };
        var overridden = (await api.Post(bookings, near)).Must(201).Member("id");
        var gone = Schools.Booking(Schools.Slot(71, 14), 1);
        gone["reference"] = Evil;
        var cancelled = (await coordinator.Post(bookings, gone)).Must(201).Member("id");
        (await api.Post($"/bookings/{cancelled}/cancel", Json.Of(("reason", Evil)))).Must(200);
        var hold = Schools.Booking(Schools.Slot(72, 14), 1);
        hold["reference"] = Evil;
        var held = (await coordinator.Post($"/institutions/{Schools.Own}/holds", hold)).Must(201).Member("id");
        var pack = await Schools.NewPack(api, Schools.Own);
        (await api.Patch($"/packs/{pack}", Json.Of(("quantity", 400), ("reason", Evil)))).Must(200);
        var asked = SampleBodies.Samples["Request"].DeepClone().AsObject();
        asked["windows"] = JsonNode.Parse("""[{"from":"2026-06-03","to":"2026-06-05","days":null,"fromTime":"09:00","toTime":"16:00"}]""");
        var request = (await coordinator.Post($"/institutions/{Schools.Own}/requests", asked)).Must(201).Member("id");

        using var reader = new PageClient(pages.Api.Url);
        await reader.SignIn(keys["instructor"]);
        var feed = Feed().Match((await reader.Send("/bookings/feed", "feed", [("Act", "make")])).Text).Value;
        var school = $"school={Schools.Own}";
        return (
        [
            $"/bookings/{kept}", $"/bookings/{overridden}", $"/bookings/{cancelled}", $"/book/{held}", $"/queue/{request}/ask",
            $"/bookings?show=cancelled&{school}", $"/bookings?show=calendar&month=2026-05&{school}", $"/bookings?{school}",
            $"/bookings/day?date=2026-05-11&{school}", $"/school?{school}", $"/people?{school}", $"/queue?{school}",
            $"/availability?{school}&pool={Schools.Pool}&exam={Schools.Exam}&mode=lab&seats=2&from=2026-05-11",
            $"/availability/day?{school}&pool={Schools.Pool}&exam={Schools.Exam}&mode=lab&seats=2&from=2026-05-11",
            $"/availability/season?{school}&exam={Schools.Exam}&mode=lab&seats=2&from=2026-05-11",
            $"/book?{school}&pool={Schools.Pool}&exam={Schools.Exam}&mode=lab&seats=2&start=2026-05-11T14:00:00Z",
            $"/book/series?{school}&pool={Schools.Pool}&exam={Schools.Exam}&mode=lab&seats=2&start=2026-05-11T14:00:00Z",
            $"/book?{school}&pool={Schools.Pool}&exam={Schools.Exam}&mode=lab&seats=2000&start=2026-03-11T14:00:00Z",
        ],
        feed, keys["coordinator"], keys["instructor"]);
    }

    [GeneratedRegex("""https?://[^"<]*/feeds/[^"<]*\.ics""")]
    private static partial Regex Feed();

    [GeneratedRegex("""(?:^|,|\n)(?:"(?:[^"]|"")*"|[^,\n"]+)""")]
    private static partial Regex Cells();

    [GeneratedRegex("\r\n[ \t]")]
    private static partial Regex Folded();

    [GeneratedRegex("<(x:)?f[ >]")]
    private static partial Regex Formula();
}
