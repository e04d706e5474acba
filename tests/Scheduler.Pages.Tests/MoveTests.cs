using System.Net;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>A booking gets another start through the pages: its own pool and its own seats, whatever the address says.</summary>
[Collection(nameof(FlowCollection))]
public sealed class MoveTests(FlowFixture flows)
{
    private static readonly LocalDate _monday = new(2026, 4, 27);

    [Fact]
    public async Task A_booking_moves_within_its_pool_and_its_own_seats_count_as_free()
    {
        var (second, exam) = await flows.SecondPool();
        var school = await flows.NewSchool("mover", "Mover");
        var id = await Book(school, exam, FlowFixture.At(_monday, 9));
        await using var visitor = await flows.Visit(key: school.Key);
        var page = visitor.Page;

        // The address names another pool and other seats. The page shows those of the booking.
        await visitor.Open($"/availability?move={id}&pool={second}&exam={FlowFixture.Exam}&seats=1&from={_monday:uuuu-MM-dd}");
        (await page.Locator("form[data-need], .rail").CountAsync()).ShouldBe(0);
        (await page.Locator(".weekcard").GetAttributeAsync("aria-label")).ShouldBe("Office, Canada East");
        await visitor.MustBeSound("a move");
        await page.Locator($"a.cell[href*='{Uri.EscapeDataString(Json.Text(FlowFixture.At(_monday, 10)))}']").ClickAsync();
        (await page.Locator(".selection .what").InnerTextAsync()).ShouldContain("leaves 10 free");
        await page.Locator("[data-book]").ClickAsync();
        visitor.Address.ShouldStartWith($"/bookings/{id}?done=moved");
        var moved = (await school.Get($"/bookings/{id}")).Must(200);
        (moved.Member("pool"), moved.Member("start"), moved.Number("seats")).ShouldBe((FlowFixture.Pool, Json.Text(FlowFixture.At(_monday, 10)), 30));
    }

    [Fact]
    public async Task A_move_to_another_pool_is_refused_and_says_so()
    {
        var (second, exam) = await flows.SecondPool();
        var school = await flows.NewSchool("stayer", "Stayer");
        var id = await Book(school, exam, FlowFixture.At(_monday.PlusDays(4), 9));
        using var client = await flows.Client(school.Key!);
        var start = Uri.EscapeDataString(Json.Text(FlowFixture.At(_monday.PlusDays(4), 13)));
        var answer = await client.Send($"/bookings/{id}/move?pool={second}&start={start}", "", [], page: $"/bookings/{id}");
        answer.Location.ShouldBe($"/bookings/{id}?why=other_pool");
        (await client.Get(answer.Location!)).Text.ShouldContain("A booking moves within its own pool.");
        (await school.Get($"/bookings/{id}")).Must(200).Member("start").ShouldBe(Json.Text(FlowFixture.At(_monday.PlusDays(4), 9)));
    }

    [Fact]
    public async Task Each_view_says_that_a_booking_moves_and_how_to_stop()
    {
        var (_, exam) = await flows.SecondPool();
        var school = await flows.NewSchool("phones", "Phones");
        var id = await Book(school, exam, FlowFixture.At(_monday.PlusDays(2), 9));
        using var client = await flows.Client(school.Key!);
        foreach (var path in new[] { "/availability", "/availability/day", "/availability/season" })
        {
            var text = (await client.Get($"{path}?move={id}")).Text;
            text.ShouldContain("class=\"moving\"", customMessage: path);
            text.ShouldContain($"href=\"/bookings/{id}\"", customMessage: path);
            text.ShouldNotContain("data-need", customMessage: path);
        }

        // The first start that fits is a start for the booking: with its own seats, and in its own pool.
        await flows.Fill(FlowFixture.At(_monday.PlusDays(2), 11), 20);
        var first = await client.Get($"/availability/first?move={id}&pool=second");
        first.Status.ShouldBe(HttpStatusCode.Found);
        first.Location.ShouldNotBeNull().ShouldContain($"pool={FlowFixture.Pool}");
        first.Location.ShouldContain("seats=30");

        // A booking of another school is no booking to move.
        var other = (await flows.Other.Post("/institutions/elm/bookings", FlowFixture.Body(FlowFixture.At(_monday.PlusDays(3), 9), 2))).Must(201).Member("id");
        (await client.Get($"/availability?move={other}")).Text.ShouldNotContain("class=\"moving\"");
    }

    [Fact]
    public async Task A_start_that_does_not_fit_offers_the_reason_in_place_of_the_booking()
    {
        var start = FlowFixture.At(_monday.PlusDays(3), 13);
        await flows.Fill(start, 33);
        using var client = await flows.Client(flows.Instructor.Key!);
        foreach (var path in new[] { "/availability", "/availability/day" })
        {
            var text = (await client.Get($"{FlowFixture.Grid(path, _monday)}&start={Uri.EscapeDataString(Json.Text(start))}")).Text;
            text.ShouldContain("Your block does not fit here");
            text.ShouldContain("See why, and what fits");
            text.ShouldNotContain("/book/hold");
            text = (await client.Get($"{FlowFixture.Grid(path, _monday)}&start={Uri.EscapeDataString(Json.Text(start + Duration.FromHours(2)))}")).Text;
            text.ShouldContain("/book/hold");
        }
    }

    private static async Task<string> Book(ApiClient school, string exam, Instant start) => (await school.Post(
        $"/institutions/{(await school.Get("/me")).Must(200).Member("institution")}/bookings",
        Json.Of(("exam", exam), ("pool", FlowFixture.Pool), ("start", Json.Text(start)), ("seats", 30), ("mode", "online")))).Must(201).Member("id");
}
