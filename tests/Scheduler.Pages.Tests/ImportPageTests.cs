using System.Net;
using Microsoft.Playwright;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>The pages of imports: a file is chosen, its dry run is read, and its rows are applied.</summary>
[Collection(nameof(FlowCollection))]
public sealed class ImportPageTests(FlowFixture flows)
{
    [Fact]
    public async Task An_operator_imports_300_schools_with_12_bad_rows()
    {
        await using var visitor = await Operator(new());
        var page = visitor.Page;
        await visitor.Open(ImportPaths.New);
        await visitor.MustBeSound("the choice of a file");
        await visitor.Picture("import-new");
        await Choose(page, ImportFiles.ThreeHundred.Replace("school-", "flow-", StringComparison.Ordinal));
        (await page.Locator("form button.primary").InnerTextAsync()).ShouldBe("Apply 288 rows");
        (await page.Locator("#rows-refused").InnerTextAsync()).ShouldBe("12 rows refused");
        (await page.Locator("[aria-labelledby=rows-refused] tbody tr").CountAsync()).ShouldBe(12);
        (await page.Locator("[aria-labelledby=rows-refused] tbody tr").Nth(2).InnerTextAsync()).ShouldContain("America/Toronot");
        await visitor.MustBeSound("a dry run");
        await visitor.Picture("import-preview", isWhole: false);
        (await Count("flow-")).ShouldBe(0);
        await page.Locator("#reason").FillAsync("The list of this autumn");
        await page.Locator("form button.primary").ClickAsync();
        await page.Locator("main [role=status]").WaitForAsync();
        (await page.Locator("main [role=status]").InnerTextAsync()).ShouldContain("288 rows applied");
        (await Count("flow-")).ShouldBe(287);
        await visitor.MustBeSound("a result");
        await visitor.Picture("import-result", isWhole: false);

        // The rest in French, on a narrow dark phone: a full list that would take too much away needs a reason.
        await using var narrow = await Operator(Look.Narrow with { IsDark = true, Language = "fr-CA" });
        await narrow.Open(ImportPaths.New);
        await narrow.MustBeSound("the choice of a file, narrow");
        await narrow.Picture("import-new-narrow");
        await narrow.Page.Locator("input[value=full]").CheckAsync();
        await Choose(narrow.Page, "Identifiant;Nom\nflow-000;École Élan\n");
        await narrow.MustBeSound("a full list, narrow");
        await narrow.Picture("import-full-narrow", isWhole: false);
        await narrow.Page.Locator("form button.primary").ClickAsync();
        (await narrow.Page.Locator("[role=alert]").InnerTextAsync()).ShouldContain("plus d’un dixième");
        await narrow.Page.Locator("input[name=force]").CheckAsync();
        await narrow.Page.Locator("form button.primary").ClickAsync();
        (await narrow.Page.Locator("#reason-fault").CountAsync()).ShouldBe(1);
        await narrow.MustBeSound("a missing reason, narrow");
        await narrow.Picture("import-reason-narrow", isWhole: false);
        (await Count("flow-")).ShouldBe(287, "nothing went");
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_explained_and_what_changed_since_is_named()
    {
        using var reader = new PageClient(flows.Api.Url);
        await reader.SignIn(TestApi.OperatorKey);
        var made = (await flows.Api.Operator.Post("/imports", ImportFiles.Body("id,name,zone\nfresh,Fresh,America/Toronto\n"))).Must(201).Member("id");
        await ApiClient.Must(flows.Api.Operator.Put("/institutions/fresh", Schools.School()));
        var (status, _, location) = await reader.Send($"/import/{made}/apply", "", [("version", "1")], page: $"/import/{made}");
        (status, location).ShouldBe((HttpStatusCode.Found, $"/import/{made}?why=import_stale"));
        WebUtility.HtmlDecode((await reader.Get(location!)).Text).ShouldContain("Row 2: fresh was changed since.");
        (await reader.Get($"/import/{Guid.CreateVersion7()}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await reader.Get("/import/template?kind=institutions")).Status.ShouldBe(HttpStatusCode.OK);

        await using var visitor = await Operator(new());
        await visitor.Open(ImportPaths.New);
        await Choose(visitor.Page, "id,nmae\na,A\n");
        (await visitor.Page.Locator("[role=alert]").InnerTextAsync()).ShouldContain("nmae");
    }

    private static async Task Choose(IPage page, string text)
    {
        await page.Locator("#file").SetInputFilesAsync(
            new FilePayload { Name = "schools.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });
        await page.Locator("main form button.primary").ClickAsync();
        await page.Locator("[role=alert], #sum-head").First.WaitForAsync();
    }

    private async Task<int> Count(string start) => (await ApiClient.Must(flows.Api.Operator.Get("/institutions?limit=500&retired=false")))["items"]!.AsArray()
        .Count(one => ((string)one!["id"]!).StartsWith(start, StringComparison.Ordinal));

    private async Task<Visitor> Operator(Look look)
    {
        var visitor = await flows.Browser.Visit(flows.Api.Url, look);
        await visitor.SignIn(TestApi.OperatorKey);
        return visitor;
    }
}
