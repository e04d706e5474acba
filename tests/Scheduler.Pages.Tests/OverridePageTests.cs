using NodaTime;

namespace Scheduler.Tests;

/// <summary>An operator books for a school inside the notice with a reason, which stands on the booking for ever (R2, R15).</summary>
[Collection(nameof(FlowCollection))]
public sealed class OverridePageTests(FlowFixture flows)
{
    private const string Reason = "the school's <b>site</b> burned";

    [Fact]
    public async Task An_operator_overrides_the_notice_with_a_reason_that_the_school_reads()
    {
        var monday = new LocalDate(2026, 3, 9);
        var query = FlowFixture.Grid("/availability", monday) + $"&school={FlowFixture.School}";
        await using var visitor = await flows.Visit(key: TestApi.OperatorKey);
        var page = visitor.Page;
        await visitor.Open(query);
        await page.Locator($"a.cell.notice[href*='{Uri.EscapeDataString(Json.Text(FlowFixture.At(monday, 9)))}']:visible").ClickAsync();
        await visitor.MustBeSound("a refusal that an operator may override");
        await visitor.Picture("override");
        await page.Locator("[data-override]").ClickAsync();
        visitor.Address.ShouldStartWith("/book?", customMessage: "the browser asks for the reason");
        await page.Locator("#override-reason").FillAsync(Reason);
        await page.Locator("[data-override]").ClickAsync();
        await visitor.MustBeSound("a hold against the rule");
        await page.Locator("[data-confirm]").ClickAsync();
        var id = visitor.Address.Split('/', '?')[2];
        (await flows.Instructor.Get($"/bookings/{id}")).Must(200).Member("overrideReason").ShouldBe(Reason);

        await using var school = await flows.Visit();
        await school.Open($"/bookings/{id}");
        (await school.Page.Locator(".facts").InnerTextAsync()).ShouldContain($"“{Reason}”");
        await school.MustBeSound("a booking against the rule");
        await school.Picture("override-booking");
        (await flows.Instructor.Get($"/institutions/{FlowFixture.School}/notices?limit=500")).Must(200).Text.ShouldContain(id);

        // Where seats are missing too, an override does not help, and the page says so.
        await visitor.Open(query.Replace("seats=22", "seats=41", StringComparison.Ordinal).Replace("/availability", "/book", StringComparison.Ordinal)
            + $"&start={Uri.EscapeDataString(Json.Text(FlowFixture.At(monday, 11)))}");
        (await page.Locator("#override").InnerTextAsync()).ShouldContain("An override does not help");
        (await page.Locator("[data-override]").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_else_overrides()
    {
        var start = FlowFixture.At(new(2026, 3, 10), 9);
        var query = FlowFixture.Grid("/book", new(2026, 3, 9)) + $"&start={Uri.EscapeDataString(Json.Text(start))}";
        using var reader = new PageClient(flows.Api.Url);
        await reader.SignIn(flows.Coordinator.Key!);
        (await reader.Get(query)).Text.ShouldNotContain("override-reason");
        (await reader.Get(query.Replace("/book", "/availability", StringComparison.Ordinal))).Text.ShouldNotContain("cell notice\" href");
        var (_, _, location) = await reader.Send(query.Replace("/book", "/book/hold", StringComparison.Ordinal), "", [("override", Reason)], page: query);
        location.ShouldNotBeNull().ShouldContain("why=lead_time");
    }
}
