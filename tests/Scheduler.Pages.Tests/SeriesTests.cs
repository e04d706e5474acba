using NodaTime;

namespace Scheduler.Tests;

/// <summary>Several dates at once: a result for each row, together or one by one.</summary>
[Collection(nameof(FlowCollection))]
public sealed class SeriesTests(FlowFixture flows)
{
    private static readonly LocalDate _monday = new(2026, 5, 25);

    [Fact]
    public async Task Rows_are_booked_one_by_one_and_a_full_one_waits()
    {
        await flows.Fill(FlowFixture.At(_monday.PlusDays(7), 9), FlowFixture.Seats);
        var key = (await NewSchool("series")).Key!;
        await using var visitor = await flows.Visit(key: key);
        var page = visitor.Page;
        await visitor.Open(Address(FlowFixture.At(_monday, 9)) + "&times=3&fill=weekly");
        (await page.Locator("#rows").InputValueAsync()).ShouldBe("2026-05-25\t09:00\n2026-06-01\t09:00\n2026-06-08\t09:00");
        await page.Locator("#rows").FillAsync("2026-05-25\t09:00\t5\tclass <b>A</b>\n2026-06-01 09:00\n2026-06-08;9:00;4\nnonsense\n2026-03-03,09:00");
        await page.Locator("button[value=check]").ClickAsync();
        (await Chips(visitor)).ShouldBe(["Fits", "Refused", "Fits", "Not read", "Refused"]);
        await visitor.MustBeSound("a checked series");
        await visitor.Picture("series");
        (await Seats("series")).ShouldBeEmpty();
        await page.Locator("input[name=Waits]").CheckAsync();
        await page.Locator("button[value=book]").ClickAsync();
        (await Chips(visitor)).ShouldBe(["Booked", "Waiting", "Booked", "Not read", "Refused"]);
        (await Seats("series")).ShouldBe([5, 4]);
        await visitor.MustBeSound("a booked series");

        // What is booked or waits has left the field: the same button books no row a second time.
        (await page.Locator("#rows").InputValueAsync()).ShouldBe("nonsense\n2026-03-03,09:00");
        await page.Locator("button[value=book]").ClickAsync();
        (await Chips(visitor)).ShouldBe(["Not read", "Refused"]);
        (await Seats("series")).ShouldBe([5, 4]);
    }

    [Fact]
    public async Task A_form_that_is_sent_again_with_fewer_rows_books_no_row_twice()
    {
        var key = (await NewSchool("again")).Key!;
        using var client = new PageClient(flows.Api.Url);
        await client.SignIn(key);
        var form = Guid.CreateVersion7().ToString();
        foreach (var rows in new[] { "2026-05-27 09:00\n2026-06-03 09:00", "2026-06-03 09:00" })
        {
            var answer = await client.Send(
                Address(FlowFixture.At(_monday, 9)), "series", [("Rows", rows), ("How", "each"), ("Act", "book"), ("key", form)]);
            answer.Status.ShouldBe(System.Net.HttpStatusCode.OK);
            answer.Text.ShouldContain(">Booked<");
        }

        (await Seats("again")).ShouldBe([3, 3]);
    }

    [Fact]
    public async Task A_row_has_its_own_extra_time_and_never_loses_that_of_the_need()
    {
        var key = (await NewSchool("extra")).Key!;
        await using var visitor = await flows.Visit(key: key);
        var page = visitor.Page;
        await visitor.Open(Address(FlowFixture.At(_monday, 9)) + "&extra=2&percent=50");
        await page.Locator("#rows").FillAsync(
            "2026-05-28 09:00\n2026-05-28 11:00\t1\n2026-05-28 13:00\t1\t\t1x100\tlab\n"
            + "2026-05-28 15:00\t1\tclass, 10B\t0\n2026-05-28 16:00\t4\t\tmuch");
        await page.Locator("button[value=book]").ClickAsync();
        (await Chips(visitor)).ShouldBe(["Booked", "Not read", "Booked", "Booked", "Not read"]);
        (await page.Locator(".results li").Nth(1).InnerTextAsync()).ShouldContain("Write the row’s own after the reference, such as 2x50, or 0 for none.");
        (await Bookings("extra")).Select(booking => ($"{booking["seatProfile"]!.ToJsonString()} {booking["mode"]} {booking["reference"]}").Trim())
            .ShouldBe(["[3,2] online", "[1,1] lab", "[1] online class, 10B"]);
    }

    [Fact]
    public async Task The_last_term_comes_again_with_its_extra_time_its_mode_and_its_references()
    {
        var school = await NewSchool("repeat");
        var body = Json.Of(
            ("exam", FlowFixture.Exam), ("pool", FlowFixture.Pool), ("start", Json.Text(FlowFixture.At(_monday.PlusDays(2), 13))), ("seats", 4),
            ("mode", "lab"), ("accommodations", new[] { new { candidates = 2, extraTimePercent = 50 } }));
        (await school.Post("/institutions/repeat/bookings", body)).Must(201);
        (await school.Post("/institutions/repeat/bookings", FlowFixture.Body(FlowFixture.At(_monday.PlusDays(3), 13), 2))).Must(201);
        var now = flows.Api.Clock.Now;
        try
        {
            flows.Api.Clock.Set(FlowFixture.At(new(2026, 6, 10), 9));
            await using var visitor = await flows.Visit(key: school.Key);
            await visitor.Open(Address(FlowFixture.At(_monday, 9)) + "&fill=term&extra=1&percent=25");
            (await visitor.Page.Locator("#rows").InputValueAsync()).ShouldBe("2026-06-24\t13:00\t4\t\t2x50\tlab\n2026-06-25\t13:00\t2\t\t0");
        }
        finally
        {
            flows.Api.Clock.Set(now);
        }
    }

    [Fact]
    public async Task Rows_beyond_the_limit_are_named_and_stay()
    {
        using var client = new PageClient(flows.Api.Url);
        await client.SignIn((await NewSchool("many")).Key!);
        var rows = string.Join('\n', Enumerable.Range(0, Domain.Limits.SeriesRows + 2).Select(k => $"unread {k}"));
        var answer = await client.Send(Address(FlowFixture.At(_monday, 9)), "series", [("Rows", rows), ("How", "each"), ("Act", "book")]);
        answer.Text.ShouldContain("2 more rows");
        answer.Text.ShouldContain("At most 40 rows are read at once.");
        answer.Text.ShouldContain("0 booked, 0 waiting, 0 possible, of 42 rows");
        answer.Text.ShouldContain("unread 41");
    }

    [Fact]
    public async Task Together_books_all_rows_or_none_and_the_last_term_can_be_repeated()
    {
        await flows.Fill(FlowFixture.At(_monday.PlusDays(8), 9), FlowFixture.Seats);
        var key = (await NewSchool("together")).Key!;
        await using var visitor = await flows.Visit(key: key);
        var page = visitor.Page;
        await visitor.Open(Address(FlowFixture.At(_monday.PlusDays(1), 9)));
        await page.Locator("#rows").FillAsync("2026-05-26 09:00\n2026-06-02 09:00");
        await page.Locator("input[value=together]").CheckAsync();
        await page.Locator("button[value=book]").ClickAsync();
        (await Chips(visitor)).ShouldBe(["Left out", "Refused"]);
        (await Seats("together")).ShouldBeEmpty();
        await page.Locator("#rows").FillAsync("2026-05-26 09:00\n2026-06-02 11:00");
        await page.Locator("button[value=book]").ClickAsync();
        (await Chips(visitor)).ShouldBe(["Booked", "Booked"]);
        (await Seats("together")).ShouldBe([3, 3]);

        // Half a year on, the same weekdays and times can be filled in again.
        var now = flows.Api.Clock.Now;
        try
        {
            flows.Api.Clock.Set(FlowFixture.At(new(2026, 6, 10), 9));
            await visitor.Open(Address(FlowFixture.At(_monday.PlusDays(1), 9)) + "&fill=term");
            (await page.Locator("#rows").InputValueAsync()).ShouldBe("2026-06-30\t09:00\t3\n2026-07-07\t11:00\t3");
        }
        finally
        {
            flows.Api.Clock.Set(now);
        }
    }

    /// <summary>
    /// Bug: a form that is sent again under its key, as after an answer that was lost, got the hold of the first sending, whose seats had gone back.
    /// </summary>
    [Fact]
    public async Task Together_is_sent_again_under_the_same_key_and_books_all_rows()
    {
        var full = await flows.Fill(FlowFixture.At(new(2026, 6, 23), 10), FlowFixture.Seats);
        using var client = await flows.Client((await NewSchool("resent")).Key!);
        (string, string)[] form =
        [
            ("Rows", "2026-06-22 17:00\n2026-06-23 10:00"), ("How", "together"), ("Act", "book"), ("key", Guid.CreateVersion7().ToString()),
        ];
        var path = Address(FlowFixture.At(_monday, 9));
        (await client.Send(path, "series", form)).Text.ShouldContain(">Left out<");
        (await client.Send(path, "series", form)).Text.ShouldContain(">Left out<");
        (await flows.Api.Operator.Get("/institutions/resent/holds")).Must(200).Json["items"]!.AsArray()
            .ShouldAllBe(hold => (string)hold!["status"]! == "released");
        (await flows.Other.Post($"/bookings/{full}/cancel", "{}")).Must(200);
        for (var sent = 0; sent < 2; sent++)
            (await client.Send(path, "series", form)).Text.ShouldContain("2 booked, 0 waiting, 0 possible, of 2 rows");
        (await Seats("resent")).ShouldBe([3, 3]);
    }

    private static string Address(Instant start) =>
        $"/book/series?pool={FlowFixture.Pool}&exam={FlowFixture.Exam}&mode=online&seats=3&start={Uri.EscapeDataString(Json.Text(start))}";

    private static async Task<IEnumerable<string>> Chips(Visitor visitor) =>
        (await visitor.Page.Locator(".results .chip").AllInnerTextsAsync()).Select(text => text.Trim());

    private async Task<IEnumerable<int>> Seats(string school) => (await Bookings(school)).Select(booking => (int)booking["seats"]!);

    private async Task<IEnumerable<System.Text.Json.Nodes.JsonNode>> Bookings(string school) =>
        (await flows.Api.Operator.Get($"/institutions/{school}/bookings")).Must(200).Json["items"]!.AsArray()
            .Select(booking => booking!).OrderBy(booking => (string)booking["start"]!);

    private Task<ApiClient> NewSchool(string id) => flows.NewSchool(id, id);
}
