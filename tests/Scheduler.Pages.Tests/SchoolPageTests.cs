using NodaTime;

namespace Scheduler.Tests;

/// <summary>The school page: onboarding with who and when, packs, limits, attendance to fill in and use.</summary>
[Collection(nameof(FlowCollection))]
public sealed class SchoolPageTests(FlowFixture flows)
{
    [Theory]
    [InlineData("Desktop", "en-CA")]
    [InlineData("Phone", "fr-CA")]
    public async Task A_coordinator_sees_what_is_open_who_did_what_and_what_ends_next(string name, string language)
    {
        var id = $"oak-{name.ToLowerInvariant()}";
        await flows.NewSchool(id, "Oak <i>Hill</i>");
        await ApiClient.Must(flows.Api.Operator.Put($"/institutions/{id}", Json.Of(
            ("name", "Oak <i>Hill</i>"), ("zone", "America/Toronto"), ("board", null), ("labSeats", 60), ("proctors", 0), ("ready", false),
            ("onboarding", new { agreement = true, purchase = true, itLab = false, itOnline = true }))));
        var coordinator = await flows.Api.NewCaller("coordinator", id);
        await using var visitor = await flows.Visit((Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language }, coordinator.Key);
        await visitor.Open("/school");
        await visitor.MustBeSound("the school");
        await visitor.Picture($"school-{name}-{language}");
        (await visitor.Page.Locator("h1").TextContentAsync()).ShouldBe("Oak <i>Hill</i>");
        var steps = await visitor.Page.Locator(".steps li").AllInnerTextsAsync();
        steps.Count.ShouldBe(5);
        (await visitor.Page.Locator(".steps .chip.amber").CountAsync()).ShouldBe(2);
        (await visitor.Page.Locator(".steps .chip.green").CountAsync()).ShouldBe(3);
        steps[^1].ShouldContain(language == "fr-CA" ? "2\u00a0mars" : "Mar\u00a02");
        (await visitor.Page.Locator(".packs li").InnerTextAsync()).ShouldContain("MOS");
        await using var instructor = await flows.Visit();
        (await instructor.Open("/school")).ShouldBe(404);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_coordinator_changes_proctors_lab_seats_and_short_notice(bool hasScripts)
    {
        var id = hasScripts ? "birch" : "birch-still";
        await flows.NewSchool(id, "Birch");
        var coordinator = await flows.Api.NewCaller("coordinator", id);
        await using var visitor = await flows.Visit(Look.Desktop with { HasScripts = hasScripts }, coordinator.Key);
        await visitor.Open("/school");
        await visitor.Page.Locator("#proctors").FillAsync("two");
        await visitor.Page.Locator("#lab").FillAsync("44");
        await visitor.Page.EvaluateAsync("document.querySelectorAll('[pattern]').forEach((one) => one.removeAttribute('pattern'))");
        visitor.Forgive();
        await visitor.Page.Locator("form:has(#proctors) button").ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(visitor.Page.Locator(".faults")).ToContainTextAsync("whole numbers");
        (await visitor.Page.Locator("#lab").InputValueAsync()).ShouldBe("44", "what was typed stays");
        await visitor.Page.Locator("#proctors").FillAsync("2");
        await visitor.Page.Locator("#short").FillAsync("6");
        await visitor.Page.Locator("form:has(#proctors) button").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/school?done=limits*");
        var school = (await coordinator.Get($"/institutions/{id}")).Must(200);
        (school.Number("proctors"), school.Number("labSeats"), school.Number("shortNoticeDays")).ShouldBe((2, 44, 6));

        // An operator changes the school while the coordinator's form is open. The form then changes nothing.
        await ApiClient.Must(flows.Api.Operator.Patch($"/institutions/{id}", """{"labSeats":50}"""));
        await visitor.Page.Locator("#proctors").FillAsync("9");
        visitor.Forgive();
        await visitor.Page.Locator("form:has(#proctors) button").ClickAsync();
        await Microsoft.Playwright.Assertions.Expect(visitor.Page.Locator(".faults")).ToContainTextAsync("Someone changed this");
        (await coordinator.Get($"/institutions/{id}")).Must(200).Number("proctors").ShouldBe(2);
    }

    [Theory]
    [InlineData("Desktop", "en-CA")]
    [InlineData("Phone", "fr-CA")]
    public async Task A_board_sees_its_schools_with_what_is_used_of_packs_seats_and_fair_share(string name, string language)
    {
        var board = $"board-{name.ToLowerInvariant()}";
        var school = $"child-{name.ToLowerInvariant()}";
        await flows.NewSchool(board, "Board");
        var instructor = await flows.NewSchool(school, "Pine <i>Grove</i>");
        await ApiClient.Must(flows.Api.Operator.Put($"/institutions/{school}", Json.Of(
            ("name", "Pine <i>Grove</i>"), ("zone", "America/Toronto"), ("board", board), ("labSeats", 60), ("proctors", 20), ("ready", true))));
        var start = FlowFixture.At(new LocalDate(2026, 5, name == "Phone" ? 20 : 21), 9);
        await ApiClient.Must(flows.Api.Operator.Put($"/seasons/s-{name.ToLowerInvariant()}", Json.Of(
            ("name", "Spring"), ("from", $"2026-05-{(name == "Phone" ? 20 : 21)}"), ("to", $"2026-05-{(name == "Phone" ? 20 : 21)}"), ("leadTimeDays", 21),
            ("fairShare", 0.25), ("collectUntil", null))));
        await ApiClient.Must(instructor.Post($"/institutions/{school}/bookings", FlowFixture.Body(start, 4)));
        var coordinator = await flows.Api.NewCaller("coordinator", board);
        await using var visitor = await flows.Visit((Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language }, coordinator.Key);
        await visitor.Open("/schools");
        await visitor.MustBeSound("the schools of a board");
        await visitor.Picture($"schools-{name}-{language}");
        var cells = await visitor.Page.Locator(".schools tbody tr > *").AllInnerTextsAsync();
        cells.Count.ShouldBe(9, "the board itself is no school of its list");
        cells[0].ShouldContain("Pine <i>Grove</i>");
        cells[0].ShouldContain(language == "fr-CA" ? "prêt" : "ready");
        cells[2].ShouldBe("4");
        cells[5].ShouldBe("–", "the school has asked for nothing in the queue");
        var strip = (await visitor.Page.Locator(".weekstrip").GetAttributeAsync("aria-label"))!.Replace('\u00a0', ' ');
        strip.ShouldContain(language == "fr-CA" ? "18 mai : 4" : "May 18: 4");
        cells[6].ShouldContain(language == "fr-CA" ? "4 sur 2\u00a0000" : "4 of 2,000");
        cells[8].ShouldContain(language == "fr-CA" ? "4 sur 10" : "4 of 10");
        (await visitor.Page.Locator("a[href='/schools']").CountAsync()).ShouldBeGreaterThan(0);
        await visitor.Page.Locator(".schools th a").ClickAsync();
        (await visitor.Page.Locator("h1").TextContentAsync()).ShouldBe("Pine <i>Grove</i>");
        (await visitor.Page.Locator(".school dl").Last.InnerTextAsync()).ShouldContain(language == "fr-CA" ? "4 sur 10" : "4 of 10");
        await visitor.MustBeSound("a school with a season");

        // A school of its own has no schools, and no entry for them.
        await using var alone = await flows.Visit(key: flows.Coordinator.Key);
        await alone.Open("/schools");
        (await alone.Page.Locator(".empty h2").TextContentAsync()).ShouldBe("No schools yet.");
        (await alone.Page.Locator("a[href='/schools']").CountAsync()).ShouldBe(0);
    }

    [Theory]
    [InlineData("Desktop", "en-CA")]
    [InlineData("Narrow", "fr-CA")]
    public async Task Bookings_of_a_month_stand_in_a_calendar(string name, string language)
    {
        var look = (Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language };
        var day = new LocalDate(2026, 5, name == "Narrow" ? 26 : 27);
        await ApiClient.Must(flows.Instructor.Post($"/institutions/{FlowFixture.School}/bookings", FlowFixture.Body(FlowFixture.At(day, 17), 3)));
        await using var visitor = await flows.Visit(look);
        await visitor.Open("/bookings?show=calendar&month=2026-05");
        await visitor.MustBeSound("a calendar of bookings");
        await visitor.Picture($"calendar-{name}-{language}");
        (await visitor.Page.Locator("#month").TextContentAsync()).ShouldBe(language == "fr-CA" ? "mai 2026" : "May 2026");
        (await visitor.Page.Locator(".bookingmonth > li").CountAsync()).ShouldBe(31);
        var cell = visitor.Page.Locator(".bookingmonth > li").Nth(day.Day - 1);
        (await cell.InnerTextAsync()).ShouldContain(language == "fr-CA" ? "17\u00a0h" : "17:00");
        await visitor.Page.Locator(".monthhead a").Last.ClickAsync();
        (await visitor.Page.Locator("#month").TextContentAsync()).ShouldBe(language == "fr-CA" ? "juin 2026" : "June 2026");
        (await visitor.Open("/bookings?show=calendar&month=9999-99")).ShouldBe(200);
        (await visitor.Page.Locator("#month").TextContentAsync()).ShouldBe(language == "fr-CA" ? "mars 2026" : "March 2026");
    }
}
