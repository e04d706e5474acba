using System.Net;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>The page of the audit: its filter, its rows with before and after, its tab of overrides and forces, and whose changes each role sees.</summary>
[Collection(nameof(FlowCollection))]
public sealed class AuditPageTests(FlowFixture flows)
{
    [Theory]
    [InlineData("Desktop", "en-CA", "2026-08-11", "Before", "Nothing matches.")]
    [InlineData("Tablet", "fr-CA", "2026-08-12", "Avant", "Rien ne correspond.")]
    [InlineData("Phone", "en-CA", "2026-08-13", "Before", "Nothing matches.")]
    public async Task An_operator_finds_a_force_and_sees_what_was_before_and_after(string name, string language, string date, string before, string nothing)
    {
        var look = (Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language };
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;
        var reason = $"Burst pipe <b>{name}</b>";
        await Lower(day, reason);
        await using var visitor = await flows.Browser.Visit(flows.Api.Url, look);
        var page = visitor.Page;
        await visitor.SignIn(TestApi.OperatorKey);
        await visitor.Open("/audit");
        await visitor.MustBeSound("the audit");
        await visitor.Picture($"audit-{name}-{language}");
        await page.Locator(".segments a").Last.ClickAsync();
        var row = page.Locator(".audit > li", new() { HasText = reason });
        await row.Locator(".chip.red").WaitForAsync();
        (await row.Locator("time").First.InnerTextAsync()).ShouldContain(language == "fr-CA" ? "HN" : "ST");

        // By keys alone: the row opens to the fields that the change touched.
        await row.Locator("summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        (await row.Locator("thead").InnerTextAsync()).ShouldContain(before);
        (await row.Locator("tbody tr").First.Locator("td").AllInnerTextsAsync())
            .ShouldBe([language == "fr-CA" ? "selon le modèle" : "as the template says", "20"]);
        (await row.Locator(".ways a").First.GetAttributeAsync("href")).ShouldBe($"/capacity?pool={FlowFixture.Pool}");
        await visitor.MustBeSound("a row that is open");
        await visitor.Picture($"audit-open-{name}-{language}");

        // The filter: folded on a phone. What matches nothing names the filter that is in the way.
        if (name == "Phone")
        {
            (await page.Locator("#who").IsVisibleAsync()).ShouldBeFalse();
            await page.Locator(".auditfold > summary").ClickAsync();
        }

        await page.Locator("#who").FillAsync("nobody of this name");
        await page.Locator("#what").SelectOptionAsync("exceptions_put");
        await page.Locator("#subject").FillAsync("Office, Canada");
        await page.Locator("#subject").PressAsync("Enter");
        (await page.Locator(".empty h2").InnerTextAsync()).ShouldBe(nothing);
        (await page.Locator(".wider a").CountAsync()).ShouldBe(2);
        await visitor.MustBeSound("nothing matches");
        await page.Locator(".wider a").First.ClickAsync();
        await page.Locator(".audit").WaitForAsync();
        page.Url.ShouldNotContain("who=");
        (await page.Locator(".audit > li").AllInnerTextsAsync()).ShouldContain(text => text.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_pages_of_the_audit_are_as_the_API_lists_it_and_a_table_has_the_same_filter()
    {
        await Lower(new(2026, 8, 14), "Fans are loud");
        using var client = await flows.Client(TestApi.OperatorKey);
        var table = (await flows.Api.Operator.Get($"/audit?format=csv&what=exceptions_put&forced=true&subject=pool/{FlowFixture.Pool}")).Must(200).Text;
        table.TrimStart('\uFEFF').Split("\r\n")[0].ShouldBe("when,who,what,subject,institution,why,before,after,id");
        table.ShouldContain("Fans are loud");
        table.ShouldNotContain("booking_made");
        (await flows.Api.Operator.Get("/audit?format=csv&limit=5")).MustRefuse(400, "invalid");
        (await flows.Api.Operator.Get("/audit?what=nothing_such")).MustRefuse(400, "invalid");
        (await flows.Api.Operator.Get("/audit?institution=no-such-school")).MustRefuse(404, "not_found");
        var newest = (await flows.Api.Operator.Get("/audit?newest=true&limit=1&what=exception")).Must(200).Json["items"]![0]!;
        ((string)newest["why"]!).ShouldBe("Fans are loud");

        // Page by page to the end of a filter; a cursor that the list did not give shows the newest.
        var seen = new HashSet<string>();
        var path = "/audit?what=api";
        while (true)
        {
            var text = (await client.Get(path)).Text;
            var ids = System.Text.RegularExpressions.Regex.Matches(text, "Id of the change: ([^<]+)<").Select(match => match.Groups[1].Value).ToList();
            ids.ShouldNotBeEmpty();
            ids.ShouldAllBe(id => seen.Add(id));
            if (System.Text.RegularExpressions.Regex.Match(text, "href=\"(/audit[^\"]*cursor=[^\"]*)\"") is not { Success: true } next)
                break;
            path = WebUtility.HtmlDecode(next.Groups[1].Value);
        }

        seen.Count.ShouldBe((await flows.Api.Operator.Get("/audit?limit=500&what=api")).Must(200).Json["items"]!.AsArray().Count);
        (await client.Get("/audit?cursor=none")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task R14_a_school_sees_its_own_changes_and_an_instructor_those_of_bookings()
    {
        var school = await flows.NewSchool("audited", "Audited");
        var coordinator = await flows.Api.NewCaller("coordinator", "audited");
        var id = (await school.Post("/institutions/audited/bookings", FlowFixture.Body(FlowFixture.At(new(2026, 5, 20), 9), 2))).Must(201).Member("id");
        (await flows.Api.Operator.Post($"/bookings/{id}/cancel", Json.Of(("reason", "The host failed")))).Must(200);
        await flows.Fill(FlowFixture.At(new(2026, 5, 20), 9), 3);

        using var instructor = await flows.Client(school.Key!);
        var own = WebUtility.HtmlDecode((await instructor.Get("/audit")).Text);
        own.ShouldContain("Booked: 2 seats, Word Associate, Wed May\u00a020, 09:00 to 10:00 EDT");
        own.ShouldContain("“The host failed”");
        own.ShouldNotContain("Recorded a pack");
        own.ShouldNotContain("3 seats, Word");
        own.ShouldNotContain("format=csv");
        using var manager = await flows.Client(coordinator.Key!);
        var all = WebUtility.HtmlDecode((await manager.Get("/audit")).Text);
        all.ShouldContain("Recorded a pack: 2,000 vouchers, MOS");
        all.ShouldNotContain("3 seats, Word");
        all.ShouldNotContain("Set the capacity");
        (await manager.Get("/audit?who=elm&subject=Elm")).Text.ShouldContain("Nothing matches.");
        (await manager.Get("/audit?school=elm")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await coordinator.Get("/audit?institution=elm")).MustRefuse(404, "not_found");
        (await coordinator.Get("/audit?who=elm")).Must(200).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    private async Task Lower(LocalDate day, string reason) => (await flows.Api.Operator.Put($"/pools/{FlowFixture.Pool}/capacity/hours", Json.Of(
        ("where", new[] { new { from = Json.Text(FlowFixture.At(day, 9)), to = Json.Text(FlowFixture.At(day, 10)), seats = 20 } }), ("force", true),
        ("reason", reason)))).Must(200);
}
