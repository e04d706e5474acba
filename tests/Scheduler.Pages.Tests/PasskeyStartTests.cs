using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>A passkey instead of a password: at the first run, at an invitation and at a recovery, with a real authenticator of the browser.</summary>
public sealed class PasskeyStartTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    private const string Instead = "Use a passkey instead of a password";

    private string Url => pages.Api.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    [Fact]
    public async Task The_first_operator_an_invited_person_and_a_recovered_one_sign_in_with_passkeys_alone()
    {
        await using (var first = await Visitor())
        {
            await first.Open("/first");
            await Click(first);
            first.Address.ShouldBe("/first", "the browser asks for the empty fields");
            await Fill(first, ("key", "sk_wrong"), ("name", "Ola Birch"), ("email", "ola@exams.example"));
            await Click(first);
            await first.Page.GetByText("No operator has this key").WaitForAsync();
            first.Forgive();
            await first.MustBeSound("a first operator with a wrong key");
            await Fill(first, ("key", TestApi.OperatorKey));
            await Click(first);
            await first.Page.WaitForURLAsync("**/capacity");
            (await first.Open("/people")).ShouldBe(200);
            first.Address.ShouldBe("/people", "a passkey needs no second factor");
        }

        var made = (await pages.Api.Operator.Post(
            "/invitations", Json.Of(("email", "key@own.example"), ("role", "instructor"), ("institution", Schools.Own)))).Must(201);
        await using var person = await Visitor();
        await person.Open(new Uri(made.Member("link")).PathAndQuery);
        await person.MustBeSound("an invitation with a passkey");
        await person.Picture("join-passkey");
        await Fill(person, ("name", "Zoë <b>Elm</b>"));
        await Click(person);
        await person.Page.WaitForURLAsync("**/availability");
        var account = pages.Api.Services.GetRequiredService<AccountCopy>().ByEmail("key@own.example").ShouldNotBeNull();
        (account.Name, account.PasswordHash, account.Passkeys.Length).ShouldBe(("Zoë <b>Elm</b>", null, 1));
        await person.Open("/settings/sign-in");
        (await person.Page.GetByText("This alone signs you in").CountAsync()).ShouldBe(1, "the only passkey stays");
        await person.MustBeSound("an account with a passkey alone");
        await SignOut(person);
        await SignIn(person);

        // A recovery takes the passkeys of before away.
        var link = (await pages.Api.Operator.Post($"/people/{account.Id}/recovery", null)).Must(201).Member("link");
        await using var again = await Visitor();
        await again.Open(new Uri(link).PathAndQuery);
        await Click(again);
        await again.Page.WaitForURLAsync("**/availability");
        await SignOut(again);
        await SignIn(again);
        await person.Open("/settings");
        person.Address.ShouldStartWith("/sign-in");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await person.Page.WaitForURLAsync(url => new Uri(url).PathAndQuery == "/sign-in?refused=passkey");
        (await person.Page.Locator("[role=alert]:visible").TextContentAsync())!.ShouldContain("signs nobody in");
    }

    private static Task Click(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = Instead }).ClickAsync();

    private static async Task Fill(Visitor visitor, params (string Id, string Value)[] fields)
    {
        foreach (var (id, value) in fields)
            await visitor.Page.Locator($"#{id}").FillAsync(value);
    }

    private static async Task SignIn(Visitor visitor)
    {
        await visitor.Open("/sign-in");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/availability");
    }

    private static async Task SignOut(Visitor visitor)
    {
        await visitor.Page.Locator("details.person summary").ClickAsync();
        await visitor.Page.Locator(".menu").GetByRole(AriaRole.Button).ClickAsync();
    }

    /// <summary>A visitor with an authenticator of their own.</summary>
    private async Task<Visitor> Visitor()
    {
        var visitor = await pages.Browser.Visit(Url);
        var devtools = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await devtools.SendAsync("WebAuthn.enable");
        await devtools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return visitor;
    }
}
