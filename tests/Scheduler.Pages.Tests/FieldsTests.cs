using Microsoft.Playwright;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>
/// Fields that cannot be read say what to do and keep what was typed; lists act when the reader has chosen; no cell of the season is without a word.
/// </summary>
[Collection(nameof(FlowCollection))]
public sealed class FieldsTests(FlowFixture flows)
{
    [Fact]
    public async Task A_need_that_cannot_be_read_says_what_to_do_and_keeps_what_was_typed()
    {
        await using var visitor = await flows.Visit();
        var page = visitor.Page;
        await visitor.Open($"/availability?pool={FlowFixture.Pool}&exam={FlowFixture.Exam}&seats=lots&extra=x&percent=50&from=2026-05-11");
        (await page.Locator(".faults a").AllInnerTextsAsync()).ShouldBe(
            ["Write a whole number from 1 to 100,000.", "Write whole numbers; at most as many people as candidates."]);
        (await page.Locator("#need-seats").InputValueAsync()).ShouldBe("lots");
        (await page.Locator("input[name=extra]").First.InputValueAsync()).ShouldBe("x");
        (await page.Locator("#need-seats-fault").IsVisibleAsync()).ShouldBeTrue();
        await visitor.MustBeSound("faults of the need");

        // More people with extra time than candidates: the groups stay as they were typed.
        await visitor.Open($"/availability?pool={FlowFixture.Pool}&exam={FlowFixture.Exam}&seats=2&extra=3&percent=75&from=2026-05-11");
        (await page.Locator(".faults a").AllInnerTextsAsync()).ShouldBe(["Write whole numbers; at most as many people as candidates."]);
        (await page.Locator("input[name=extra]").First.InputValueAsync()).ShouldBe("3");
        (await page.Locator("select[name=percent]").First.InputValueAsync()).ShouldBe("75");
    }

    [Fact]
    public async Task Windows_that_cannot_be_read_stay_in_their_fields()
    {
        using var client = await flows.Client(flows.Instructor.Key!);
        var window = new { from = "2026-05-12", to = "2026-05-19", days = new[] { "tue" }, fromTime = "09:00", toTime = "17:00" };
        var id = (await flows.Instructor.Post($"/institutions/{FlowFixture.School}/requests", Json.Of(
            ("exam", FlowFixture.Exam), ("pool", FlowFixture.Pool), ("preferredStart", Json.Text(FlowFixture.At(new(2026, 5, 12), 9))), ("seats", 5),
            ("mode", "online"), ("windows", new[] { window })))).Must(201).Member("id");
        var answer = await client.Send(
            $"/queue/{id}/change", "",
            [("from", "2026-05-20"), ("to", "2026-05-13"), ("begin", "10:00"), ("end", "15:00"), ("days0", "tue"), ("group", "none")],
            page: $"/queue/{id}/ask");
        var page = (await client.Get(answer.Location!)).Text;
        page.ShouldContain("value=\"2026-05-20\"");
        page.ShouldContain("value=\"2026-05-13\"");
        page.ShouldContain("name=\"days0\" value=\"tue\" checked");
        page.ShouldNotContain("name=\"days0\" value=\"mon\" checked");
        page.ShouldContain("value=\"none\"");
        page.ShouldContain("option value=\"15:00\" selected");
    }

    [Fact]
    public async Task A_list_is_sent_at_once_with_a_pointer_and_with_the_keyboard_when_the_reader_says_so()
    {
        await flows.SecondPool();
        await using var visitor = await flows.Visit();
        var page = visitor.Page;
        await visitor.Open($"/availability?pool={FlowFixture.Pool}&seats=5&from=2026-05-11");
        var (before, list, button) = (page.Url, page.Locator("#need-exam"), page.Locator("form[data-need] [data-shows]"));
        (await button.IsVisibleAsync()).ShouldBeFalse();
        await list.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(button).ToBeVisibleAsync();
        page.Url.ShouldBe(before);
        (await list.InputValueAsync()).ShouldNotBe(FlowFixture.Exam);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**exam=*");

        // With a pointer, the choice is the whole act.
        before = page.Url;
        await page.Locator("h1").ClickAsync();
        await page.Locator("#need-exam").SelectOptionAsync(FlowFixture.Exam);
        await page.WaitForURLAsync($"**exam={FlowFixture.Exam}*");
        page.Url.ShouldNotBe(before);
    }

    [Fact]
    public async Task Each_cell_of_the_season_has_a_number_or_a_sign()
    {
        var day = new LocalDate(2026, 5, 15);
        await flows.SecondPool();
        for (var hour = 8; hour < 18; hour++)
            await flows.Fill(FlowFixture.At(day, hour), FlowFixture.Seats);
        using var client = await flows.Client(flows.Instructor.Key!);
        var text = System.Net.WebUtility.HtmlDecode((await client.Get(FlowFixture.Grid("/availability/season", day))).Text);
        text.ShouldContain("0 starts, Full, Fri May\u00a015");
        text.ShouldNotContain("<b></b>");
        var free = System.Net.WebUtility.HtmlDecode((await client.Get($"/availability/season?exam=&seats=&from={day:uuuu-MM-dd}")).Text);
        free.ShouldContain("0% free, Full, Fri May\u00a015");
        free.ShouldNotContain("<b></b>");
    }
}
