using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>
/// The pages where operators set things up: seasons and the policy, each change seen before it is saved, saved with its reason, and taken back. What the pages
/// say is checked through the HTTP API.
/// </summary>
public sealed class SetupPageTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    private const string Reason = "Finals <b>moved</b> up";

    [Theory]
    [InlineData("Desktop", "en-CA", 70, "2026-05-04", "2026-05-15")]
    [InlineData("Tablet", "fr-CA", 95, "2026-06-01", "2026-06-12")]
    public async Task An_operator_opens_a_season_changes_the_policy_and_adds_a_school_and_an_exam(
        string name, string language, int day, string from, string to)
    {
        var api = pages.Api.Operator;
        var id = $"finals-{name.ToLowerInvariant()}";
        var booking = (await pages.Api.Instructor.Post(
            $"/institutions/{Schools.Own}/bookings", Schools.Booking(Schools.Slot(day, 14)))).Must(201).Member("id");
        await using var visitor = await pages.Visit((Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language });
        var page = visitor.Page;
        await visitor.SignIn(TestApi.OperatorKey);

        // A new season: nothing is saved before its preview, and not without a reason.
        await visitor.Open("/seasons");
        await visitor.MustBeSound("the seasons");
        await page.Locator(".pagehead .primary").ClickAsync();
        await page.Locator("#name").FillAsync($"Finals {name}");
        await page.Locator("#from").FillAsync(to);
        await page.Locator("#to").FillAsync(from);
        await page.Locator("#collectUntil").FillAsync("2026-04-01T12:00");
        await page.Locator("form.settings > button").ClickAsync();
        (await page.Locator("#to-fault").CountAsync()).ShouldBe(1, "the last day is before the first");
        await visitor.MustBeSound("a season whose days are the wrong way round");
        (await page.Locator("#name").InputValueAsync()).ShouldBe($"Finals {name}", "what was typed stays");
        await page.Locator("#from").FillAsync(from);
        await page.Locator("#to").FillAsync(to);
        await page.Locator("form.settings > button").ClickAsync();
        (await page.Locator(".pane .chip").First.InnerTextAsync()).ShouldStartWith("1 ");
        (await page.Locator(".pane .who a").GetAttributeAsync("href")).ShouldBe($"/bookings/{booking}");
        await visitor.MustBeSound("the preview of a season");
        await visitor.Picture($"season-preview-{name}-{language}");
        (await api.Get($"/seasons/{id}")).MustRefuse(404, "not_found");
        await Save(page, " ");
        (await page.Locator("#reason-fault").CountAsync()).ShouldBe(1);
        await Save(page, Reason);
        await page.Locator(".done .next").WaitForAsync();
        await visitor.MustBeSound("the seasons with a new one");
        await visitor.Picture($"seasons-{name}-{language}");
        var made = (await api.Get($"/seasons/{id}")).Must(200);
        (made.Member("from"), made.Member("to"), made.Number("leadTimeDays"), made.Member("collectUntil"))
            .ShouldBe((from, to, 21, "2026-04-01T16:00:00Z"));
        (await LastRecord($"season/{id}")).ShouldBe(("season_put", Reason));

        // Another notice closes dates, and goes back by the undo.
        await page.Locator($".setups a[href$='id={id}']").First.ClickAsync();
        await page.Locator("#leadTimeDays").FillAsync("120");
        await page.Locator("form.settings > button").ClickAsync();
        (await page.Locator(".pane .figures tbody tr").CountAsync()).ShouldBe(1);
        (await page.Locator(".touched").InnerTextAsync()).ShouldContain("12 ");
        await Save(page, "Too many for 21");
        await page.Locator(".done .next").WaitForAsync();
        (await api.Get($"/seasons/{id}")).Number("leadTimeDays").ShouldBe(120);
        await visitor.Open($"/seasons/edit?id={id}");
        (await page.Locator(".setting", new() { Has = page.Locator("#leadTimeDays") }).InnerTextAsync()).ShouldContain("Too many for 21");
        await visitor.MustBeSound("a season");
        await visitor.Picture($"season-{name}-{language}");
        await page.Locator(".pagehead .tools a").First.ClickAsync();
        await Save(page, "Undone");
        await page.Locator(".done .next").WaitForAsync();
        (await api.Get($"/seasons/{id}")).Number("leadTimeDays").ShouldBe(21);

        // A season with bookings is not retired, and the page says whose they are.
        await visitor.Open($"/retire?kind=season&id={id}");
        (await page.Locator(".pane .who a").GetAttributeAsync("href")).ShouldBe($"/bookings/{booking}");
        (await page.Locator("form.save").CountAsync()).ShouldBe(0);
        await visitor.MustBeSound("a season that cannot be retired");
        (await api.Post($"/bookings/{booking}/cancel", "{}")).Must(200);
        await page.ReloadAsync();
        await Save(page, "No finals this year");
        await page.Locator(".done").WaitForAsync();
        (await api.Get($"/seasons/{id}")).Json["retired"].ShouldNotBeNull();
        (await LastRecord($"season/{id}")).ShouldBe(("season_retired", "No finals this year"));

        await Policy(visitor, name, language);
        await School(visitor, name, language);
        await Exam(visitor, name);
        await page.SetViewportSizeAsync(390, 844);
        foreach (var path in new[]
        {
            "/seasons", "/policy?show=1&maxHolds=7", "/institutions", $"/institutions/edit?id={Schools.Own}", "/catalogue", "/catalogue/exam",
        })
        {
            await visitor.Open(path);
            await visitor.MustBeSound($"{path} on a phone");
            await visitor.Picture($"phone{path.Split('?')[0].Replace('/', '-')}-{language}");
        }
    }

    /// <summary>The notice of the policy: the page says before saving how many waiting requests would end.</summary>
    private async Task Policy(Visitor visitor, string name, string language)
    {
        var (api, page) = (pages.Api.Operator, visitor.Page);
        var hour = Schools.Slot(40, name == "Desktop" ? 17 : 18);
        (await pages.Api.Instructor.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(hour))).Must(201);
        var wish = new JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 1_000, ["mode"] = "lab", ["preferredStart"] = Schools.Text(hour),
        };
        var request = (await api.Post($"/institutions/{Schools.Own}/requests", wish)).Must(201).Member("id");
        await visitor.Open("/policy");
        await visitor.MustBeSound("the policy");
        await page.Locator("#leadTimeDays").FillAsync("45");
        await page.Locator("#holdMinutes").FillAsync("12");
        await page.Locator("#nightlyPlan").FillAsync("02:30");
        await page.Locator("form.settings > button").ClickAsync();
        (await page.Locator(".touched .faults").InnerTextAsync()).ShouldStartWith("1 ");
        (await page.Locator(".pane .figures tbody tr").CountAsync()).ShouldBe(3);
        await visitor.MustBeSound("the preview of a policy");
        await visitor.Picture($"policy-preview-{name}-{language}");
        (await api.Get($"/requests/{request}")).Member("status").ShouldBe("queued");
        var tried = (await api.Patch("/policy?dryRun=true", """{"leadTimeDays":45}""")).Must(200);
        tried.Number("ends").ShouldBe(1);
        await Save(page, Reason);
        await page.Locator(".done").WaitForAsync();
        (await api.Get($"/requests/{request}")).Member("status").ShouldBe("expired");
        var policy = (await api.Get("/policy")).Must(200);
        (policy.Number("leadTimeDays"), policy.Number("holdMinutes"), (string?)policy.Json["nightlyPlan"]!["at"]).ShouldBe((45, 12, "02:30"));
        (await LastRecord("policy/policy")).ShouldBe(("policy_put", Reason));
        await visitor.MustBeSound("the policy after a change");
        await visitor.Picture($"policy-{name}-{language}");
        await page.Locator(".pagehead .tools a").First.ClickAsync();
        await Save(page, "Back");
        await page.Locator(".done").WaitForAsync();
        var back = (await api.Get("/policy")).Must(200);
        (back.Number("leadTimeDays"), back.Number("holdMinutes"), back.Json["nightlyPlan"]).ShouldBe((14, 10, null));
    }

    /// <summary>A school is added by hand, gets a pack, is found again in the list, and is retired.</summary>
    private async Task School(Visitor visitor, string name, string language)
    {
        var (api, page) = (pages.Api.Operator, visitor.Page);
        var id = $"maple-i-ridge-i-{name.ToLowerInvariant()}";
        await visitor.Open("/institutions");
        await visitor.MustBeSound("the schools");
        await visitor.Picture($"schools-{name}-{language}");
        await page.Locator(".pagehead .primary").ClickAsync();
        await page.Locator("#name").FillAsync($"Maple <i>Ridge</i> {name}");
        await page.Locator("#proctors").FillAsync("2");
        await page.Locator("#agreement").SelectOptionAsync("true");
        await page.Locator("form.settings > button").ClickAsync();
        await visitor.MustBeSound("the preview of a new school");
        (await api.Get($"/institutions/{id}")).MustRefuse(404, "not_found");
        await Save(page, "Signed on Monday");
        await page.Locator(".done").WaitForAsync();
        var made = (await api.Get($"/institutions/{id}")).Must(200);
        (made.Number("proctors"), (bool)made.Json["ready"]!, (bool)made.Json["onboarding"]!["agreement"]!).ShouldBe((2, false, true));
        (await LastRecord($"institution/{id}")).ShouldBe(("institution_put", "Signed on Monday"));
        (await page.Locator(".who li", new() { Has = page.Locator(".chip.green") }).First.InnerTextAsync()).ShouldContain("first operator");
        await page.Locator("details.all summary").ClickAsync();
        await page.Locator("#quantity").FillAsync("120");
        await page.Locator("#pack-reason").FillAsync("Order 77");
        await page.Locator("details.all button").ClickAsync();
        await page.Locator(".done").WaitForAsync();
        await visitor.MustBeSound("a school with a pack");
        await visitor.Picture($"school-setup-{name}-{language}");
        var pack = (await api.Get($"/institutions/{id}/packs")).Must(200).Json["items"]!.AsArray().Single()!;
        ((int)pack["quantity"]!).ShouldBe(120);
        (await LastRecord($"pack/{pack["id"]}")).ShouldBe(("pack_made", "Order 77"));

        await visitor.Open($"/institutions?text=ridge%3C%2Fi%3E%20{name}&state=open");
        (await page.Locator("tbody tr").CountAsync()).ShouldBe(1);
        await visitor.MustBeSound("a school that was looked for");
        await visitor.Open($"/institutions?text={name}&state=ready");
        (await page.Locator(".empty").CountAsync()).ShouldBe(1);
        await visitor.MustBeSound("no school that matches");
        await visitor.Open($"/retire?kind=institution&id={id}");
        await Save(page, "Merged");
        await page.Locator(".done").WaitForAsync();
        (await api.Get($"/institutions/{id}")).Json["retired"].ShouldNotBeNull();
    }

    /// <summary>A pool and an exam are added, and the exam is changed and retired.</summary>
    private async Task Exam(Visitor visitor, string name)
    {
        var (api, page) = (pages.Api.Operator, visitor.Page);
        await visitor.Open("/catalogue/pool");
        await page.Locator("#name").FillAsync($"Design {name}");
        await page.Locator("#image").FillAsync("design");
        await page.Locator("form.settings > button").ClickAsync();
        await Save(page, "New machines");
        await page.Locator(".done").WaitForAsync();
        await page.Locator(".pagehead .primary").ClickAsync();
        await page.Locator("#programme").FillAsync("ACP");
        await page.Locator("#name").FillAsync($"Photo {name}");
        await page.Locator("form.settings > button").ClickAsync();
        (await page.Locator(".setting .fault").CountAsync()).ShouldBe(1, "an exam needs a pool");
        await visitor.MustBeSound("an exam without a pool");
        await page.Locator($"input[value='design-{name.ToLowerInvariant()}']").CheckAsync();
        await page.Locator("form.settings > button").ClickAsync();
        await visitor.MustBeSound("the preview of an exam");
        await visitor.Picture($"exam-{name}");
        await Save(page, "Asked for by schools");
        await page.Locator(".done").WaitForAsync();
        await visitor.MustBeSound("the catalogue");
        await visitor.Picture($"catalogue-{name}");
        var exam = (await api.Get($"/exams/photo-{name.ToLowerInvariant()}")).Must(200);
        (exam.Number("minutes"), (string)exam.Json["pools"]![0]!).ShouldBe((50, $"design-{name.ToLowerInvariant()}"));
        (await LastRecord($"exam/photo-{name.ToLowerInvariant()}")).ShouldBe(("exam_put", "Asked for by schools"));
        await visitor.Open($"/retire?kind=exam&id=photo-{name.ToLowerInvariant()}");
        await Save(page, "Out of print");
        await page.Locator(".done").WaitForAsync();
        (await api.Get($"/exams/photo-{name.ToLowerInvariant()}")).Json["retired"].ShouldNotBeNull();
        // A pool with capacity to come and bookings stays.
        await visitor.Open($"/retire?kind=pool&id={Schools.Pool}");
        (await page.Locator("form.save").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Many_packs_are_raised_at_once_each_once_and_none_that_has_changed()
    {
        var api = pages.Api.Operator;
        using var client = new PageClient(pages.Api.Url);
        await client.SignIn(TestApi.OperatorKey);
        foreach (var id in new[] { "bulk-a", "bulk-b", "bulk-c" })
            await Schools.NewSchool(api, id, vouchers: id == "bulk-c" ? 0 : 100);
        var packs = new List<string>();
        foreach (var id in new[] { "bulk-a", "bulk-b" })
            packs.Add((string)(await api.Get($"/institutions/{id}/packs")).Json["items"]![0]!["id"]!);
        var page = WebUtility.HtmlDecode((await client.Get("/institutions/packs?text=bulk-&programme=MOS&add=50")).Text);
        page.ShouldContain("Raise 2 packs");
        page.ShouldContain("which stay as they are: 1.");
        // One pack changes after the preview.
        (await api.Patch($"/packs/{packs[1]}", Json.Of(("quantity", 90), ("reason", "r")))).Must(200);
        (string, string)[] fields =
        [
            ("text", "bulk-"), ("programme", "MOS"), ("add", "50"), ("reason", "Spring order"), ("key", "raise-1"),
            .. packs.Select(id => ("pack", $"{id}:100")),
        ];
        for (var k = 0; k < 2; k++)
        {
            var (_, _, location) = await client.Send("/institutions/packs/save", "", fields, page: "/institutions/packs?text=bulk-&programme=MOS&add=50");
            location.ShouldNotBeNull().ShouldContain("done=1");
            location.ShouldContain($"failed={packs[1]}");
        }

        foreach (var (id, quantity) in new[] { ("bulk-a", 150), ("bulk-b", 90) })
            ((int)(await api.Get($"/institutions/{id}/packs")).Json["items"]![0]!["quantity"]!).ShouldBe(quantity);
        (await LastRecord($"pack/{packs[0]}")).ShouldBe(("pack_corrected", "Spring order"));
    }

    [Fact]
    public async Task A_form_that_comes_late_or_says_nothing_new_or_what_cannot_be_changes_nothing()
    {
        var api = pages.Api.Operator;
        using var client = new PageClient(pages.Api.Url);
        await client.SignIn(TestApi.OperatorKey);
        await ApiClient.Must(api.Put("/seasons/late", Json.Of(("name", "Late"), ("from", "2026-11-02"), ("to", "2026-11-06"), ("leadTimeDays", 30))));
        var version = (await api.Get("/seasons/late")).Number("version");
        (string, string)[] fields =
            [("id", "late"), ("name", "Late"), ("from", "2026-11-02"), ("to", "2026-11-06"), ("leadTimeDays", "31"), ("fairShare", "12,5"), ("reason", "r")];
        (await Send("/seasons/save", version - 1)).ShouldContain("why=stale");
        (await Send("/seasons/save", version)).ShouldStartWith("/seasons?done=saved");
        ((decimal)(await api.Get("/seasons/late")).Json["fairShare"]!).ShouldBe(0.125m);
        fields[4] = ("leadTimeDays", "400");
        (await Send("/seasons/save", version + 1)).ShouldContain("why=fields");
        (await client.Get("/seasons/edit?show=1&id=late&name=L&from=2026-11-02&to=2026-11-06&leadTimeDays=400&fairShare=20")).Text
            .ShouldContain("leadTimeDays-fault");
        fields = [("horizonDays", "30"), ("leadTimeDays", "14"), ("reason", "r")];
        (await Send("/policy/save", (await api.Get("/policy")).Number("version"))).ShouldContain("why=fields");
        (await client.Get("/policy?show=1&horizonDays=30")).Text.ShouldContain("horizonDays-fault");
        (await api.Get("/policy")).Number("horizonDays").ShouldBe(365);
        (await client.Get("/seasons/edit?id=absent")).Status.ShouldBe(HttpStatusCode.NotFound);

        async Task<string> Send(string path, int seen) =>
            (await client.Send(path, "", [.. fields, ("version", $"{seen}")], page: "/policy?show=1&maxHolds=6")).Location.ShouldNotBeNull();
    }

    private static async Task Save(IPage page, string reason)
    {
        await page.Locator("#reason").FillAsync(reason);
        await page.Locator("form.save footer button").ClickAsync();
    }

    private async Task<(string What, string? Why)> LastRecord(string subject)
    {
        var last = (await pages.Api.Operator.Get($"/audit?subject={subject}&limit=500")).Must(200).Json["items"]!.AsArray()[^1]!;
        return ((string)last["what"]!, (string?)last["why"]);
    }
}
