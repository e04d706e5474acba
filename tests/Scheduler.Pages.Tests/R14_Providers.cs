using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>R14: who comes in by a provider of OpenID Connect, against a real provider.</summary>
public sealed partial class R14_Providers(ProviderFixture fixture) : IClassFixture<ProviderFixture>, IAsyncLifetime
{
    private static int _count;
    private readonly HttpClient _web = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly string _sub = $"sub-{Interlocked.Increment(ref _count)}";

    private string Email => $"{_sub}@own.example";

    public ValueTask InitializeAsync()
    {
        fixture.Provider.Person = Person(_sub, Email);
        fixture.Provider.Spoil = _ => { };
        fixture.Provider.HasOtherKey = false;
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _web.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task R14_a_person_with_the_same_verified_address_signs_in_and_is_known_by_the_provider_from_then_on()
    {
        var id = await TestPeople.Add(fixture.Api.Services, "instructor", Schools.Own, Email.ToUpperInvariant());
        using var reader = new PageClient(fixture.Api.Url);
        (await SignIn(reader, "school", "?back=/settings")).ShouldBe("/settings");
        (await reader.Get("/settings")).Status.ShouldBe(HttpStatusCode.OK);
        Account(id).Logins.ShouldHaveSingleItem().ShouldBe(new(fixture.Provider.Authority, _sub));
        fixture.Provider.Person = Person(_sub, "married@own.example");
        using var again = new PageClient(fixture.Api.Url);
        (await SignIn(again, "school")).ShouldBe("/availability");
        Account(id).Logins.Length.ShouldBe(1);
        (await again.Get("/settings/sign-in")).Status.ShouldBe(HttpStatusCode.OK);
        (await fixture.Api.Operator.Delete($"/people/{id}")).Must(204);
        (await SignIn(again, "school")).ShouldBe("/sign-in?refused=provider.unknown");
    }

    [Theory]
    [InlineData("nonce", "another")]
    [InlineData("iss", "https://elsewhere.example")]
    [InlineData("aud", "another program")]
    [InlineData("exp", 1_000_000_000)]
    [InlineData("sub", null)]
    [InlineData("key", "another")]
    public async Task R14_a_token_that_is_not_for_this_sign_in_signs_nobody_in(string claim, object? value)
    {
        await TestPeople.Add(fixture.Api.Services, "instructor", Schools.Own, Email);
        fixture.Provider.HasOtherKey = claim == "key";
        if (claim != "key")
            fixture.Provider.Spoil = token => token[claim] = value is int number ? number : (string?)value;
        using var reader = new PageClient(fixture.Api.Url);
        (await SignIn(reader, "any")).ShouldBe("/sign-in?refused=provider.failed");
        (await reader.Get("/settings")).Status.ShouldBe(HttpStatusCode.Found);
        (await reader.Get("/sign-in?refused=provider.failed")).Text.ShouldContain("did not sign you in");
    }

    [Fact]
    public async Task R14_an_answer_for_another_browser_or_with_a_state_of_nobody_signs_nobody_in()
    {
        await TestPeople.Add(fixture.Api.Services, "instructor", Schools.Own, Email);
        using var victim = new PageClient(fixture.Api.Url);
        using var thief = new PageClient(fixture.Api.Url);
        var answer = await Answer(thief, "any", "");
        (await victim.Get(answer)).Location.ShouldBe("/sign-in?refused=provider.failed");
        (await victim.Get("/sign-in/provider/any/callback?code=x&state=y")).Location.ShouldBe("/sign-in?refused=provider.failed");
        (await victim.Get("/sign-in/provider/none")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await victim.Get("/sign-in/provider/any?code=guessed")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("false", "unverified")]
    [InlineData(null, "unverified")]
    [InlineData("true", "unknown")]
    public async Task R14_nobody_gets_an_account_by_a_provider_alone(string? verified, string why)
    {
        if (why == "unverified")
            await TestPeople.Add(fixture.Api.Services, "instructor", Schools.Own, Email);
        fixture.Provider.Person["email_verified"] = verified is null ? null : JsonValue.Create(bool.Parse(verified));
        using var reader = new PageClient(fixture.Api.Url);
        (await SignIn(reader, "school")).ShouldBe($"/sign-in?refused=provider.{why}");
        (await reader.Get("/settings")).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData("instructor", "x", "own.example")]
    [InlineData("instructor", Schools.Own, "other.example")]
    [InlineData("instructor", Schools.Own, "evil-own.example")]
    [InlineData("operator", null, "own.example")]
    public async Task R14_a_provider_of_one_school_signs_in_its_institution_and_domains_alone(string role, string? institution, string domain)
    {
        var email = $"{_sub}@{domain}";
        await TestPeople.Add(fixture.Api.Services, role, institution == "x" ? Schools.Foreign : institution, email);
        fixture.Provider.Person = Person(_sub, email);
        using var reader = new PageClient(fixture.Api.Url);
        (await SignIn(reader, "school")).ShouldBe("/sign-in?refused=provider.elsewhere");
        (await SignIn(reader, "any")).ShouldStartWith("/");
        (await reader.Get("/settings")).Location.ShouldBe(role == "operator" ? "/settings/second-factor" : null, "else nothing was tested");
    }

    [Fact]
    public async Task R14_an_address_that_a_school_gave_to_another_person_does_not_open_the_account_of_the_first()
    {
        await TestPeople.Add(fixture.Api.Services, "instructor", Schools.Own, Email);
        using var first = new PageClient(fixture.Api.Url);
        (await SignIn(first, "school")).ShouldBe("/availability");
        fixture.Provider.Person = Person($"{_sub}-successor", Email);
        using var second = new PageClient(fixture.Api.Url);
        (await SignIn(second, "school")).ShouldBe("/sign-in?refused=provider.another");
    }

    [Fact]
    public async Task R14_an_invitation_is_accepted_once_and_by_its_address_alone()
    {
        var made = (await fixture.Api.Operator.Post(
            "/invitations", Json.Of(("email", Email), ("role", "viewer"), ("institution", Schools.Own)))).Must(201);
        var secret = made.Member("link").Split("code=")[1];
        using var reader = new PageClient(fixture.Api.Url);
        (await reader.Get($"/join?code={secret}")).Text.ShouldContain($"/sign-in/provider/school?code={secret}");
        fixture.Provider.Person = Person($"{_sub}-thief", "thief@own.example");
        (await SignIn(reader, "school", $"?code={secret}")).ShouldBe("/sign-in?refused=provider.address");
        fixture.Provider.Person = Person(_sub, Email);
        (await SignIn(reader, "school", $"?code={secret}")).ShouldBe("/availability");
        var listed = (await fixture.Api.Operator.Get("/people?limit=500")).Must(200).Json["items"]!.AsArray().Single(one => (string)one!["email"]! == Email)!;
        ((string)listed["role"]!, (string)listed["name"]!).ShouldBe(("viewer", "Zoë <b>Elm</b>"));
        using var again = new PageClient(fixture.Api.Url);
        (await SignIn(again, "school", $"?code={secret}")).ShouldBe("/sign-in?refused=provider.ended");
    }

    [Fact]
    public async Task A_person_removes_an_account_at_a_provider_only_when_something_else_signs_the_person_in()
    {
        var made = (await fixture.Api.Operator.Post(
            "/invitations", Json.Of(("email", Email), ("role", "viewer"), ("institution", Schools.Own)))).Must(201);
        using var reader = new PageClient(fixture.Api.Url);
        await SignIn(reader, "school", $"?code={made.Member("link").Split("code=")[1]}");
        var page = (await reader.Get("/settings/sign-in")).Text;
        page.ShouldContain("<b>Anybody</b>", customMessage: "both providers of this test are one server");
        page.ShouldContain("This alone signs you in");
        page.ShouldNotContain(SignInPaths.RemoveLogin);
        page.ShouldNotContain("id=\"password\"", customMessage: "there is no present password to type");
        (string, string)[] login = [("provider", fixture.Provider.Authority), ("subject", _sub)];
        (await reader.Send(SignInPaths.RemoveLogin, "", login, page: "/settings/sign-in")).Status.ShouldBe(HttpStatusCode.NotFound);

        (await reader.Send("/settings/sign-in", "password", [("NewPassword", "short")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await reader.Send("/settings/sign-in", "password", [("NewPassword", TestPeople.Password)])).Location.ShouldBe("/settings/sign-in?done=set");
        page = (await reader.Get("/settings/sign-in?done=set")).Text;
        page.ShouldContain("The password was set");
        page.ShouldContain(SignInPaths.RemoveLogin);
        (await reader.Send(SignInPaths.RemoveLogin, "", login, page: "/settings/sign-in")).Location.ShouldBe("/settings/sign-in?done=login");
        var account = fixture.Api.Services.GetRequiredService<AccountCopy>().ByEmail(Email).ShouldNotBeNull();
        (account.Logins.IsEmpty, account.SignInMeans).ShouldBe((true, 1));
        using var again = new PageClient(fixture.Api.Url);
        (await again.Send("/sign-in", "password", [("Email", Email), ("Password", TestPeople.Password)])).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task R14_an_operator_needs_the_second_factor_all_the_same()
    {
        await TestPeople.Add(fixture.Api.Services, "operator", null, Email);
        using var reader = new PageClient(fixture.Api.Url);
        (await SignIn(reader, "any")).ShouldStartWith("/");
        (await reader.Get("/people")).Location.ShouldBe("/settings/second-factor");
        await reader.Send("/settings/second-factor", "begin", []);
        var key = Secret().Match((await reader.Get("/settings/second-factor")).Text).Groups[1].Value;
        await reader.Send("/settings/second-factor", "check", [("Code", Totp.Code(key))]);
        (await reader.Get("/people")).Status.ShouldBe(HttpStatusCode.OK);
        using var again = new PageClient(fixture.Api.Url);
        (await SignIn(again, "any", "?back=/people")).ShouldBe("/sign-in/code?back=%2Fpeople");
        (await again.Get("/people")).Location.ShouldBe("/sign-in?back=%2Fpeople");
        (await again.Send("/sign-in/code?back=%2Fpeople", "code", [("Code", Totp.Code(key, steps: 1))])).Location.ShouldBe("/people");
        (await again.Get("/people")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_TLS_the_provider_sends_people_back_to_https()
    {
        await using var api = await TestApi.Open(furnish: false, settings: ["--ForwardedHeaders_Enabled", "true", .. fixture.Settings("any", "Anybody")]);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Url + "/sign-in/provider/any"));
        request.Headers.Host = "exams.example";
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await _web.SendAsync(request, TestContext.Current.CancellationToken);
        answer.Headers.Location!.Query.ShouldContain($"redirect_uri={Uri.EscapeDataString("https://exams.example/sign-in/provider/any/callback")}");
    }

    [Fact]
    public async Task A_browser_goes_to_the_provider_and_comes_back_signed_in_also_with_a_second_factor()
    {
        await TestPeople.Add(fixture.Api.Services, "coordinator", Schools.Own, Email, isReal: true);
        using (var setUp = new PageClient(fixture.Api.Url))
        {
            await SignIn(setUp, "school");
            await setUp.Send("/settings/second-factor", "begin", []);
            var secret = Secret().Match((await setUp.Get("/settings/second-factor")).Text).Groups[1].Value;
            await setUp.Send("/settings/second-factor", "check", [("Code", Totp.Code(secret))]);
            await using var browser = await Browser.Start();
            await using var visitor = await browser.Visit(fixture.Api.Url);
            await visitor.Open("/sign-in?back=/people");
            await visitor.MustBeSound("sign-in with providers");
            await visitor.Picture("sign-in-providers");
            await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Own School" }).ClickAsync();
            visitor.Address.ShouldBe("/sign-in/code?back=%2Fpeople");
            await visitor.Page.Locator("#code").FillAsync(Totp.Code(secret, steps: 1));
            await visitor.Page.Locator("main button.primary").ClickAsync();
            visitor.Address.ShouldBe("/people");
        }
    }

    private static JsonObject Person(string sub, string email) => new()
    {
        ["sub"] = sub, ["email"] = email, ["email_verified"] = true, ["name"] = "Zoë <b>Elm</b>",
    };

    private Scheduler.Ledger.Account Account(string id) => fixture.Api.Services.GetRequiredService<AccountCopy>().Accounts[new(Guid.Parse(id))];

    /// <summary>Signs in at the provider as a browser does. Returns the page that opens next.</summary>
    private async Task<string> SignIn(PageClient reader, string provider, string query = "") =>
        (await reader.Get(await Answer(reader, provider, query))).Location.ShouldNotBeNull();

    /// <summary>The address to which the provider sends the browser back.</summary>
    private async Task<string> Answer(PageClient reader, string provider, string query)
    {
        var (status, text, there) = await reader.Get($"/sign-in/provider/{provider}{query}");
        status.ShouldBe(HttpStatusCode.Found, text);
        using var answer = await _web.GetAsync(new Uri(fixture.Provider.Authority + there), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        return answer.Headers.Location!.PathAndQuery;
    }

    [GeneratedRegex("""<code class="secret">([^<]*)</code>""")]
    private static partial Regex Secret();
}
