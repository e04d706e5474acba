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

    private static string Address(Instant start) =>
        $"/book/series?pool={FlowFixture.Pool}&exam={FlowFixture.Exam}&mode=online&seats=3&start={Uri.EscapeDataString(Json.Text(start))}";

    private static async Task<IEnumerable<string>> Chips(Visitor visitor) =>
        (await visitor.Page.Locator(".results .chip").AllInnerTextsAsync()).Select(text => text.Trim());

    private async Task<IEnumerable<int>> Seats(string school) =>
        (await flows.Api.Operator.Get($"/institutions/{school}/bookings")).Must(200).Json["items"]!.AsArray()
            .OrderBy(booking => (string)booking!["start"]!).Select(booking => (int)booking!["seats"]!);

    private Task<ApiClient> NewSchool(string id) => flows.NewSchool(id, id);
}
