using Microsoft.Playwright;

namespace Scheduler.Tests;

/// <summary>The first operator: from the printed key to a second factor, and back in with a passkey. Nobody has an account on its server.</summary>
public sealed class FirstOperatorTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    [Fact]
    public async Task The_printed_key_leads_to_an_operator_with_a_second_factor_and_a_passkey()
    {
        await using var visitor = await pages.Browser.Visit(pages.Api.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        var page = visitor.Page;
        await visitor.Open("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "first operator" }).ClickAsync();
        visitor.Address.ShouldBe("/first");
        await visitor.MustBeSound("first");
        await visitor.Picture("first");
        await Fill(page, ("key", "sk_wrong"), ("name", "Ola Birch"), ("email", "ola@exams.example"), ("new-password", TestPeople.Password));
        (await page.Locator("[role=alert]:visible").TextContentAsync())!.ShouldContain("No operator has this key");
        visitor.Forgive();
        await Fill(page, ("key", TestApi.OperatorKey), ("name", "Ola Birch"), ("email", "ola@exams.example"), ("new-password", TestPeople.Password));
        visitor.Address.ShouldBe("/settings/second-factor");

        // Nothing else opens before the second factor is set up.
        await visitor.Open("/availability");
        visitor.Address.ShouldBe("/settings/second-factor");
        await visitor.MustBeSound("second factor begins");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up the second factor" }).ClickAsync();
        await visitor.MustBeSound("second factor shows its key");
        await visitor.Picture("second-factor");
        var key = (await page.Locator("code.secret").TextContentAsync())!;
        await Fill(page, ("code", "000000"));
        await page.Locator("#code-fault").WaitForAsync();
        visitor.Forgive();
        await Fill(page, ("code", Totp.Code(key)));
        await visitor.MustBeSound("recovery codes");
        await visitor.Picture("recovery-codes");
        var recovery = (await page.Locator(".codes code").First.TextContentAsync())!;
        var second = (await page.Locator(".codes code").Nth(1).TextContentAsync())!;
        (await page.Locator(".codes code").CountAsync()).ShouldBe(10);
        await visitor.Open("/people");
        visitor.Address.ShouldBe("/people");
        await SignOut(page);

        await visitor.Open("/first");
        visitor.Address.ShouldBe("/sign-in");
        await Fill(page, ("email", "OLA@exams.example"), ("password", TestPeople.Password));
        visitor.Address.ShouldBe("/sign-in/code");
        await visitor.MustBeSound("code");
        await visitor.Picture("code");
        await Fill(page, ("code", recovery));
        visitor.Address.ShouldBe("/capacity");

        // A passkey is made and used with a real authenticator of the browser.
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        await visitor.Open("/settings/sign-in");
        await page.Locator("#passkey-name").FillAsync("My laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.WaitForURLAsync("**/settings/sign-in?done=passkey");
        (await page.Locator("main").TextContentAsync())!.ShouldContain("My laptop");
        await visitor.MustBeSound("passkeys");
        await visitor.Picture("passkeys");
        await SignOut(page);
        await visitor.Open("/sign-in?back=/people");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).AbsolutePath == "/people");
        await visitor.Open("/settings/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the passkey My laptop" }).ClickAsync();
        (await page.Locator("main").TextContentAsync())!.ShouldNotContain("My laptop");

        // The authenticator still has the passkey, and the passkey signs nobody in.
        await SignOut(page);
        await visitor.Open("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.WaitForURLAsync(url => new Uri(url).PathAndQuery == "/sign-in?refused=passkey");
        await Fill(page, ("email", "ola@exams.example"), ("password", TestPeople.Password));
        await Fill(page, ("code", second));
        visitor.Address.ShouldBe("/capacity");
        await visitor.Open("/settings/sign-in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await visitor.Open("/people");
        visitor.Address.ShouldBe("/sign-in?back=%2Fpeople");
    }

    private static async Task Fill(IPage page, params (string Id, string Value)[] fields)
    {
        foreach (var (id, value) in fields)
            await page.Locator($"#{id}").FillAsync(value);
        var form = page.Locator("form", new() { Has = page.Locator($"#{fields[0].Id}") });
        await form.Locator("button.primary").ClickAsync();
    }

    private static async Task SignOut(IPage page)
    {
        await page.Locator("details.person summary").ClickAsync();
        await page.Locator(".menu").GetByRole(AriaRole.Button).ClickAsync();
    }
}
