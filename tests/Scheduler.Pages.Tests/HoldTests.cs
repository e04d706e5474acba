using NodaTime;

namespace Scheduler.Tests;

/// <summary>What was typed stays: when a hold lapses, and when a value cannot be read.</summary>
[Collection(nameof(FlowCollection))]
public sealed class HoldTests(FlowFixture flows)
{
    private static readonly LocalDate _monday = new(2026, 5, 4);

    [Fact]
    public async Task A_hold_that_lapses_keeps_what_was_typed_and_one_press_holds_it_again()
    {
        await using var visitor = await flows.Visit();
        var page = visitor.Page;
        await page.Clock.InstallAsync();
        await visitor.Open(await Hold(FlowFixture.At(_monday, 9)));
        await page.Locator("#hold-seats").FillAsync("25");
        await page.Locator("#hold-reference").FillAsync("class 10B");
        (await page.Locator("[data-lapsed]").IsVisibleAsync()).ShouldBeFalse();
        await page.Clock.FastForwardAsync("10:02");
        await Microsoft.Playwright.Assertions.Expect(page.Locator("[data-lapsed]")).ToBeVisibleAsync();
        (await page.Locator("[data-lapsed]").InnerTextAsync()).ShouldContain(
            "The hold ended after 10 minutes, and your 22 seats went back. What you typed is still here.");
        (await page.Locator("[data-confirm], [data-change]").CountAsync()).ShouldBe(0);
        (await page.Locator("#hold-seats").InputValueAsync()).ShouldBe("25");
        await visitor.MustBeSound("a hold that lapsed");
        await flows.AtTime(flows.Api.Clock.Now + Duration.FromMinutes(11), async () =>
        {
            await page.Locator("[data-lapsed] button").ClickAsync();
            (await page.Locator("h1").TextContentAsync()).ShouldBe("Word Associate, 25 seats");
            (await page.Locator("#hold-reference").InputValueAsync()).ShouldBe("class 10B");
            (await page.Locator("[data-confirm]").CountAsync()).ShouldBe(1);
            await page.Locator("button.plain:has-text('Release')").ClickAsync();
        });
    }

    [Fact]
    public async Task A_lapsed_hold_says_that_something_was_kept_only_when_it_was()
    {
        using var client = await flows.Client(flows.Instructor.Key!);
        var hold = await Hold(FlowFixture.At(_monday, 11));
        await flows.AtTime(flows.Api.Clock.Now + Duration.FromMinutes(11), async () =>
        {
            var plain = (await client.Get(hold)).Text;
            plain.ShouldContain("The hold ended after 10 minutes");
            plain.ShouldNotContain("What you typed is still here.");
            var late = await client.Send($"{hold}/confirm", "", [("reference", "class 10C")], page: hold);
            late.Location.ShouldBe($"{hold}?reference=class%2010C&why=hold_lapsed");
            var page = (await client.Get(late.Location!)).Text;
            page.ShouldContain("What you typed is still here.");
            page.ShouldContain("value=\"class 10C\"");
            page.ShouldNotContain("Your seats are still held.");
        });
    }

    [Fact]
    public async Task A_value_that_cannot_be_read_stays_in_its_field()
    {
        using var client = await flows.Client(flows.Instructor.Key!);
        var hold = await Hold(FlowFixture.At(_monday, 13));
        var answer = await client.Send(
            $"{hold}/change", "", [("exam", FlowFixture.Exam), ("mode", "lab"), ("seats", "many"), ("extra", "3"), ("percent", "75")], page: hold);
        var page = (await client.Get(answer.Location!)).Text;
        page.ShouldContain("value=\"many\" aria-invalid=\"true\"");
        page.ShouldContain("value=\"3\"");
        (await client.Send($"{hold}/release", "", [], page: hold)).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task Fewer_candidates_after_the_free_change_say_what_it_costs()
    {
        var start = FlowFixture.At(_monday.PlusDays(1), 9);
        var id = (await flows.Instructor.Post($"/institutions/{FlowFixture.School}/bookings", FlowFixture.Body(start, 4))).Must(201).Member("id");
        using var client = await flows.Client(flows.Instructor.Key!);
        const string Cost = "The vouchers of candidates whom you take off now are lost.";
        (await client.Get($"/bookings/{id}")).Text.ShouldNotContain(Cost);
        await flows.AtTime(start - Duration.FromHours(20), async () => (await client.Get($"/bookings/{id}")).Text.ShouldContain(Cost));
    }

    [Fact]
    public async Task The_grid_says_until_when_a_block_is_held()
    {
        using var client = await flows.Client(flows.Instructor.Key!);
        var hold = await Hold(FlowFixture.At(_monday, 15));
        foreach (var path in new[] { "/availability", "/availability/day" })
            (await client.Get(FlowFixture.Grid(path, _monday))).Text.ShouldContain("<span class=\"tag amber\">held to 07:10</span>", customMessage: path);
        (await client.Send($"{hold}/release", "", [], page: hold)).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_limit_of_holds_lists_them_and_a_release_leads_back_to_the_block()
    {
        var school = await flows.NewSchool("keeper", "Keeper");
        var day = new LocalDate(2026, 6, 22);
        for (var hour = 9; hour < 14; hour++)
            (await school.Post("/institutions/keeper/holds", FlowFixture.Body(FlowFixture.At(day, hour), 2))).Must(201);
        // The server of these tests has a wider limit.
        var policy = (await flows.Api.Operator.Get("/policy")).Must(200);
        await ApiClient.Must(flows.Api.Operator.Put("/policy", Json.Of(("maxHolds", 5))));
        await using var visitor = await flows.Visit(key: school.Key);
        var page = visitor.Page;
        await visitor.Open($"{FlowFixture.Grid("/availability", day)}&start={Uri.EscapeDataString(Json.Text(FlowFixture.At(day, 15)))}");
        await page.Locator("[data-book]").ClickAsync();
        visitor.Address.ShouldEndWith("&why=hold_limit");
        (await page.Locator(".heldblocks h2").InnerTextAsync()).ShouldBe("Your school holds 5 blocks with 10 seats now");
        var held = (await page.Locator(".heldblocks li").First.InnerTextAsync()).Replace('\u00a0', ' ');
        foreach (var part in new[] { "Word Associate, 2 seats", "Mon Jun 22, 13:00 to 14:00 EDT · Office, Canada East", "until 07:10 EST, 10 minutes left" })
            held.ShouldContain(part);
        (await page.Locator("main").InnerTextAsync()).ShouldNotContain("nothing is held");
        await visitor.MustBeSound("the limit of holds");
        await visitor.Picture("hold-limit");
        await page.Locator("[data-release]").First.ClickAsync();
        visitor.Address.ShouldEndWith("&why=released");
        (await page.Locator(".heldblocks h2").InnerTextAsync()).ShouldBe("Your school holds 4 blocks with 8 seats now");
        (await page.Locator(".note").InnerTextAsync()).ShouldBe("Those seats are released.");
        await page.Locator("main form[action*='/book/hold'] button").ClickAsync();
        visitor.Address.ShouldStartWith("/book/");
        (await page.Locator("[data-confirm]").InnerTextAsync()).ShouldBe("Confirm 22 seats");
        (await school.Get("/institutions/keeper/holds")).Must(200).Json["items"]!.AsArray().Count(hold => (string)hold!["status"]! == "held").ShouldBe(5);
        await ApiClient.Must(flows.Api.Operator.Put("/policy", Json.Of(("maxHolds", policy.Number("maxHolds")))));
    }

    /// <summary>Bugs: a change of what is held lost the reference; a confirmation silently booked other candidates than those typed.</summary>
    [Fact]
    public async Task A_change_keeps_the_reference_and_a_confirmation_books_only_what_is_held()
    {
        using var client = await flows.Client(flows.Instructor.Key!);
        var hold = await Hold(FlowFixture.At(new(2026, 6, 22), 9));
        var fields = new[] { ("exam", FlowFixture.Exam), ("mode", "online"), ("seats", "24"), ("reference", "class 10D") };
        var early = await client.Send($"{hold}/confirm", "", fields, page: hold);
        early.Location.ShouldBe($"{hold}?exam=word&mode=online&seats=24&reference=class%2010D&why=not_held");
        var note = (await client.Get(early.Location!)).Text;
        note.ShouldContain("The candidates that you typed are not held yet, so nothing was booked.");
        note.ShouldContain("value=\"24\"");
        note.ShouldContain("name=\"seen\"");
        var changed = (await client.Send($"{hold}/change", "", fields, page: hold)).Location.ShouldNotBeNull();
        changed.ShouldEndWith("?reference=class%2010D");
        changed.ShouldNotStartWith(hold);
        (await client.Get(changed)).Text.ShouldContain("value=\"class 10D\"");
        var booked = (await client.Send($"{changed.Split('?')[0]}/confirm", "", fields, page: changed)).Location.ShouldNotBeNull();
        var booking = (await flows.Instructor.Get(booked.Split('?')[0])).Must(200);
        (booking.Number("seats"), booking.Member("reference")).ShouldBe((24, "class 10D"));

        // Bug: an address with done=moved said so of a booking that is cancelled.
        (await client.Get($"{booked.Split('?')[0]}?done=moved")).Text.ShouldContain("Moved to");
        var question = (await client.Get(booked)).Text;
        question.ShouldContain("24 seats go back to the pool and to those who wait");
        question.ShouldContain("24 MOS back to your packs, valid to");
        (await flows.Instructor.Post($"{booked.Split('?')[0]}/cancel", "{}")).Must(200);
        foreach (var done in new[] { "made", "moved", "changed", "attended" })
            (await client.Get($"{booked.Split('?')[0]}?done={done}")).Text.ShouldNotContain("class=\"done\"", customMessage: done);
    }

    /// <summary>The page of a new hold.</summary>
    private async Task<string> Hold(Instant start) =>
        $"/book/{(await flows.Instructor.Post($"/institutions/{FlowFixture.School}/holds", FlowFixture.Body(start, 22))).Must(201).Member("id")}";
}
