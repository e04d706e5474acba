using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>Invitations, sign-in with a password, lock-out, and the end of sessions.</summary>
public sealed partial class PeopleTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    [Fact]
    public async Task A_coordinator_invites_a_colleague_who_signs_in_and_is_removed()
    {
        await using var coordinator = await pages.Visit();
        await coordinator.SignIn(pages.Key("coordinator"));
        await coordinator.Open("/people");
        await coordinator.Page.Locator("#email").FillAsync("colleague@own.example");
        await coordinator.Page.GetByRole(AriaRole.Button, new() { Name = "Make the invitation" }).ClickAsync();
        var link = (await coordinator.Page.Locator("#link-text").InputValueAsync())!;
        await coordinator.MustBeSound("an invitation");
        await coordinator.Picture("people-invited");

        var path = new Uri(link).PathAndQuery;
        // A passkey that makes no account leads back to the page, which says why.
        using (var guest = new PageClient(pages.Api.Url))
        {
            var code = path[path.IndexOf('?', StringComparison.Ordinal)..];
            (await guest.Send($"/join/passkey{code}", "", [("Name", "Zoë")], page: path)).Location.ShouldBe($"{path}&refused=passkey");
            (await guest.Send($"/join/passkey{code}", "", [("Name", " ")], page: path)).Location.ShouldBe($"{path}&refused=name");
            (await guest.Get($"{path}&refused=passkey")).Text.ShouldContain("The passkey was not made");
            (await guest.Get($"{path}&refused=%3Cb%3E")).Text.ShouldNotContain("role=\"alert\"");
        }

        await using var colleague = await pages.Visit(Look.Phone with { Language = "fr-CA" });
        await colleague.Open(path);
        await colleague.MustBeSound("join");
        await colleague.Picture("join");
        var text = (await colleague.Page.Locator("main").TextContentAsync())!;
        text.ShouldContain("School");
        text.ShouldContain("Enseignant");
        await colleague.Page.Locator("#name").FillAsync("Zoë <b>Elm</b>");
        await colleague.Page.Locator("#new-password").FillAsync(TestPeople.Password);
        await colleague.Page.Locator("main button.primary").ClickAsync();
        // A phone goes on from the week to its first day.
        await colleague.Page.WaitForURLAsync("**/availability/day*");
        (await colleague.Open("/people")).ShouldBe(404);
        colleague.Forgive();
        await colleague.Open("/settings/sign-in");
        await colleague.MustBeSound("signing in");
        await colleague.Picture("settings-sign-in");

        using var again = new PageClient(pages.Api.Url);
        (await again.Get(path)).Text.ShouldContain("used already");
        await coordinator.Open("/people");
        (await coordinator.Page.Locator("main").TextContentAsync())!.ShouldContain("Zoë <b>Elm</b>");
        var row = coordinator.Page.Locator("li", new() { HasText = "Zoë" });
        await row.Locator("summary").ClickAsync();
        await coordinator.MustBeSound("a person");
        await coordinator.Picture("people");
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove Zoë" }).ClickAsync();
        (await coordinator.Page.Locator("main").TextContentAsync())!.ShouldNotContain("Zoë");
        await colleague.Open("/availability");
        colleague.Address.ShouldStartWith("/sign-in?back=");
    }

    [Theory]
    [InlineData("known")]
    [InlineData("unknown")]
    public async Task Wrong_passwords_lock_an_address_whether_an_account_has_it_or_not(string who)
    {
        var email = $"{who}@lock.example";
        if (who == "known")
            await TestPeople.Add(pages.Api.Services, "instructor", Schools.Own, email, isReal: true);
        using var reader = new PageClient(pages.Api.Url);
        for (var tried = 1; tried <= AccountLimits.WrongSignIns; tried++)
        {
            var (status, text, _) = await SignIn(reader, email, "wrong wrong wrong");
            (status, Said(text)).ShouldBe(tried < AccountLimits.WrongSignIns
                ? (HttpStatusCode.UnprocessableEntity, "The e-mail address or the password is wrong.")
                : (HttpStatusCode.TooManyRequests, $"Too many wrong answers. Signing in with this address works again on {Until()}."));
        }

        (await SignIn(reader, email, TestPeople.Password)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        pages.Api.Clock.Advance(Duration.FromMinutes(AccountLimits.LockMinutes));
        (await SignIn(reader, email, TestPeople.Password)).Status.ShouldBe(who == "known" ? HttpStatusCode.Found : HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_changed_role_or_password_and_a_signed_out_browser_end_sessions_at_once()
    {
        var id = await TestPeople.Add(pages.Api.Services, "instructor", Schools.Own, "ends@own.example", isReal: true);
        using var first = new PageClient(pages.Api.Url);
        using var second = new PageClient(pages.Api.Url);
        foreach (var reader in new[] { first, second })
            (await SignIn(reader, "ends@own.example", TestPeople.Password)).Status.ShouldBe(HttpStatusCode.Found);
        (await first.Send("/settings/sign-in", "password", [("Password", TestPeople.Password), ("NewPassword", "another good long one")])).Status
            .ShouldBe(HttpStatusCode.Found);
        (await first.Get("/settings")).Status.ShouldBe(HttpStatusCode.OK);
        (await second.Get("/settings")).Status.ShouldBe(HttpStatusCode.Found);
        (await SignIn(second, "ends@own.example", TestPeople.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await pages.Api.Operator.Patch($"/people/{id}", Json.Of(("role", "viewer")))).Must(200);
        (await first.Get("/settings")).Status.ShouldBe(HttpStatusCode.Found);
        (await SignIn(first, "ends@own.example", "another good long one")).Status.ShouldBe(HttpStatusCode.Found);
        pages.Api.Clock.Advance(Duration.FromDays(AccountLimits.SessionDays));
        (await first.Get("/settings")).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_person_who_cannot_sign_in_gets_a_link_for_a_new_password()
    {
        var id = await TestPeople.Add(pages.Api.Services, "instructor", Schools.Own, "lost@own.example", isReal: true);
        var link = (await pages.Api.Operator.Post($"/people/{id}/recovery", null)).Must(201).Member("link");
        using var reader = new PageClient(pages.Api.Url);
        var path = new Uri(link).PathAndQuery;
        (await reader.Send(path, "join", [("NewPassword", "short")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await reader.Send(path, "join", [("NewPassword", "a very new password")])).Status.ShouldBe(HttpStatusCode.Found);
        (await SignIn(reader, "lost@own.example", "a very new password")).Status.ShouldBe(HttpStatusCode.Found);
        (await SignIn(reader, "lost@own.example", TestPeople.Password)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_link_that_ended_or_was_revoked_says_who_makes_a_new_one()
    {
        using var reader = new PageClient(pages.Api.Url);
        var made = await Invite("late@own.example");
        var revoked = await Invite("back@own.example");
        (await pages.Api.Operator.Delete($"/invitations/{revoked.Member("id")}")).Must(204);
        (await reader.Get(new Uri(revoked.Member("link")).PathAndQuery)).Text.ShouldContain("took this invitation back");
        pages.Api.Clock.Advance(Duration.FromDays(AccountLimits.InvitationDays));
        (await reader.Get(new Uri(made.Member("link")).PathAndQuery)).Text.ShouldContain("first operator can make a new one");
        (await reader.Get("/join?code=guessed")).Text.ShouldContain("not known here");
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("demoted")]
    [InlineData("removed before its invitations were revoked")]
    public async Task R14_an_invitation_ends_with_its_maker(string how)
    {
        var maker = await TestPeople.Add(pages.Api.Services, "coordinator", Schools.Own, $"maker-{how.Replace(' ', '-')}@own.example");
        var link = await TestPeople.Invite(pages.Api.Services, maker, "coordinator", Schools.Own, $"invited-{how.Replace(' ', '-')}@own.example");
        using var reader = new PageClient(pages.Api.Url);
        (await reader.Get(link)).Text.ShouldContain("new-password");
        if (how == "removed")
            (await pages.Api.Operator.Delete($"/people/{maker}")).Must(204);
        else if (how == "demoted")
            (await pages.Api.Operator.Patch($"/people/{maker}", Json.Of(("role", "instructor")))).Must(200);
        else
            await TestPeople.RemoveAlone(pages.Api.Services, maker);
        (await reader.Get(link)).Text.ShouldContain("took this invitation back");
        if (how == "demoted")
            (await pages.Api.Operator.Patch($"/people/{maker}", Json.Of(("role", "coordinator")))).Must(200);
        (await reader.Get(link)).Text.ShouldNotContain("new-password");
        await TestPeople.MustNotJoin(pages.Api.Services, link);
        if (how.Contains("before", StringComparison.Ordinal))
            (await pages.Api.Operator.Delete($"/people/{maker}")).Must(204);
        var made = (await pages.Api.Operator.Get("/invitations?limit=500")).Must(200).Json["items"]!.AsArray()
            .Single(one => (string)one!["email"]! == $"invited-{how.Replace(' ', '-')}@own.example")!;
        made["revoked"].ShouldNotBeNull();
        (await pages.Api.Operator.Get($"/audit?subject=invitation/{made["id"]}")).Must(200).Text.ShouldContain("invitation_revoked");
    }

    [Fact]
    public async Task R14_a_code_of_an_authenticator_app_signs_in_once()
    {
        await TestPeople.Add(pages.Api.Services, "instructor", Schools.Own, "codes@own.example", isReal: true);
        using var reader = new PageClient(pages.Api.Url);
        await SignIn(reader, "codes@own.example", TestPeople.Password);
        await reader.Send("/settings/second-factor", "begin", []);
        var key = Secret().Match((await reader.Get("/settings/second-factor")).Text).Groups[1].Value;
        var used = Totp.Code(key);
        (await reader.Send("/settings/second-factor", "check", [("Code", used)])).Text.ShouldContain("class=\"codes\"");
        using var again = new PageClient(pages.Api.Url);
        (await SignIn(again, "codes@own.example", TestPeople.Password)).Location.ShouldBe("/sign-in/code");
        (await again.Send("/sign-in/code", "code", [("Code", used)])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var next = Totp.Code(key, steps: 1);
        (await again.Send("/sign-in/code", "code", [("Code", next)])).Status.ShouldBe(HttpStatusCode.Found);
        using var third = new PageClient(pages.Api.Url);
        await SignIn(third, "codes@own.example", TestPeople.Password);
        (await third.Send("/sign-in/code", "code", [("Code", next)])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await third.Send("/sign-in/code", "code", [("Code", used)])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await third.Send("/sign-in/code", "code", [("Code", Totp.Code(key, steps: 9))])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("Dark", "en-CA")]
    [InlineData("Narrow", "fr-CA")]
    public async Task The_pages_about_people_are_sound_in_other_looks(string name, string language)
    {
        var look = (Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language };
        var email = $"{name}@looks.example";
        await TestPeople.Add(pages.Api.Services, "coordinator", Schools.Own, email, isReal: true);
        await using var visitor = await pages.Visit(look);
        await visitor.Open("/sign-in");
        await visitor.Picture($"sign-in-{name}");
        await visitor.Page.Locator("#email").FillAsync(email);
        await visitor.Page.Locator("#password").FillAsync(TestPeople.Password);
        await visitor.Page.Locator("form:has(#email) button.primary").ClickAsync();
        await visitor.Page.WaitForURLAsync(look.Width < 600 ? "**/availability/day*" : "**/availability");
        foreach (var path in new[] { "/people", "/settings/sign-in", "/settings/second-factor" })
        {
            (await visitor.Open(path)).ShouldBe(200);
            await visitor.MustBeSound($"{path} {name}");
            await visitor.Picture($"{path[1..].Replace('/', '-')}-{name}");
        }
    }

    private async Task<Reply> Invite(string email) =>
        (await pages.Api.Operator.Post("/invitations", Json.Of(("email", email), ("role", "viewer"), ("institution", Schools.Own)))).Must(201);

    private static Task<(HttpStatusCode Status, string Text, string? Location)> SignIn(PageClient reader, string email, string password) =>
        reader.Send("/sign-in", "password", [("Email", email), ("Password", password)]);

    /// <summary>The end of a lock that begins now, as the page says it.</summary>
    private string Until()
    {
        var zone = DateTimeZoneProviders.Tzdb["America/Toronto"];
        var now = pages.Api.Clock.Now;
        return new Scheduler.Api.PageTime(Scheduler.Api.PageLanguage.English, zone, now).Moment(now + Duration.FromMinutes(AccountLimits.LockMinutes));
    }

    private static string Said(string text) => WebUtility.HtmlDecode(Fault().Match(text).Groups[1].Value);

    [GeneratedRegex("""<code class="secret">([^<]*)</code>""")]
    private static partial Regex Secret();

    [GeneratedRegex("""<p class="faults" role="alert">([^<]*)</p>""")]
    private static partial Regex Fault();
}
