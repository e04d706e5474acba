using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>Signing in, out, and what a foreign site may not do.</summary>
public sealed class SignInTests(PagesFixture pages) : IClassFixture<PagesFixture>
{
    [Fact]
    public async Task A_key_signs_in_a_browser_and_the_way_leads_back_to_the_page()
    {
        await using var visitor = await pages.Visit();
        await visitor.Open("/settings");
        visitor.Address.ShouldBe("/sign-in?back=%2Fsettings");
        await visitor.SignIn(pages.Key("instructor"));
        await visitor.Open("/settings");
        await visitor.MustBeSound("settings");
        await visitor.Page.Locator("details.person summary").ClickAsync();
        await visitor.Page.Locator(".menu").GetByRole(AriaRole.Button).ClickAsync();
        visitor.Address.ShouldBe("/");
        (await visitor.Open("/settings")).ShouldBe(200);
        visitor.Address.ShouldBe("/sign-in?back=%2Fsettings");
    }

    [Fact]
    public async Task A_wrong_key_is_told_beside_its_field()
    {
        await using var visitor = await pages.Visit();
        await visitor.Open("/sign-in/key");
        await visitor.Page.Locator("#key").FillAsync("sk_wrong");
        await visitor.Page.Locator("main button[type=submit]").ClickAsync();
        (await visitor.Page.Locator("#key-fault").TextContentAsync()).ShouldNotBeNull().ShouldContain("no such key");
        visitor.Forgive();
        await visitor.MustBeSound("a wrong key");
    }

    [Fact]
    public async Task The_link_to_the_name_that_passkeys_need_keeps_the_page_to_go_back_to()
    {
        using var reader = new PageClient(pages.Api.Url);
        (await reader.Get("/sign-in?back=%2Fbookings%3Fshow%3Dcalendar")).Text
            .ShouldContain($"href=\"{pages.Api.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}/sign-in?back=%2Fbookings%3Fshow%3Dcalendar\"");
    }

    [Fact]
    public async Task A_revoked_key_ends_the_session_at_once()
    {
        var made = (await pages.Api.Operator.Post("/api-keys", Json.Of(("role", "viewer"), ("institution", Schools.Own), ("name", "short")))).Must(201);
        using var reader = new PageClient(pages.Api.Url);
        await reader.SignIn(made.Member("key"));
        (await reader.Get("/settings")).Status.ShouldBe(HttpStatusCode.OK);
        (await pages.Api.Operator.Delete($"/api-keys/{made.Member("id")}")).Must(204);
        (await reader.Get("/settings")).Location.ShouldBe("/sign-in?back=%2Fsettings");
    }

    [Fact]
    public async Task A_form_that_comes_after_the_session_leads_to_the_sign_in_and_back_and_one_that_is_not_allowed_to_no_page()
    {
        var made = (await pages.Api.Operator.Post("/api-keys", Json.Of(("role", "instructor"), ("institution", Schools.Own), ("name", "brief")))).Must(201);
        using var reader = new PageClient(pages.Api.Url);
        await reader.SignIn(made.Member("key"));
        (await pages.Api.Operator.Delete($"/api-keys/{made.Member("id")}")).Must(204);
        (await reader.Send("/book/hold", "", [], page: "/availability?seats=5")).Location.ShouldBe("/sign-in?back=%2Favailability%3Fseats%3D5");
        // The session's cookie is gone now.
        (await reader.Send("/book/hold", "", [], page: "/availability?seats=5")).Location.ShouldBe("/sign-in?back=%2Favailability%3Fseats%3D5");
        using var viewer = new PageClient(pages.Api.Url);
        await viewer.SignIn(pages.Key("viewer"));
        var (status, text, _) = await viewer.Send("/book/hold", "", [], page: "/settings");
        status.ShouldBe(HttpStatusCode.NotFound);
        text.ShouldContain("<html");
    }

    [Theory]
    [InlineData("http://here.example:5080/availability?seats=5", "/availability?seats=5")]
    [InlineData("http://here.example/availability", "/")]
    [InlineData("https://here.example:5080/availability", "/")]
    [InlineData("https://elsewhere.example/availability", "/")]
    [InlineData("http://here.example:5080//elsewhere.example", "/")]
    [InlineData("nonsense", "/")]
    [InlineData(null, "/")]
    public void A_form_is_sent_by_a_page_of_this_server_or_by_none(string? referer, string page)
    {
        var http = new DefaultHttpContext { Request = { Method = "POST", Scheme = "http", Host = new("here.example", 5080), Path = "/book/hold" } };
        http.Request.Headers.Referer = referer;
        PageRequests.Seen(http).ShouldBe(page);
    }

    [Theory]
    [InlineData("https://elsewhere.example", true)]
    [InlineData("null", true)]
    [InlineData(null, false)]
    public async Task A_form_of_another_site_or_without_its_token_changes_nothing(string? origin, bool withToken)
    {
        using var reader = new PageClient(pages.Api.Url);
        await reader.SignIn(pages.Key("instructor"));
        (await reader.Send("/settings", "choices", [("Theme", "dark")], origin: origin, withToken: withToken)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await reader.Send("/sign-out", "", [], page: "/settings", origin: origin, withToken: withToken)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var (_, text, _) = await reader.Get("/settings");
        text.ShouldContain("Sign out");
        text.ShouldNotContain("data-theme=\"dark\"");
    }

    [Fact]
    public async Task A_call_of_the_API_with_a_cookie_from_another_site_says_where_it_came_from()
    {
        var cookies = new CookieContainer();
        using var reader = new PageClient(pages.Api.Url, cookies);
        await reader.SignIn(pages.Key("instructor"));
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = new(pages.Api.Url) };
        using var call = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/institutions/{Schools.Own}/holds") { Content = new StringContent("{}") };
        call.Headers.Add("Origin", "https://elsewhere.example");
        using var answer = await http.SendAsync(call, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        text.ShouldContain("came from another site");
        text.ShouldNotContain("Your role");
    }

    [Fact]
    public async Task The_way_back_leads_to_this_server_only()
    {
        string[] backs =
            ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "/\u0001", "javascript:alert(1)"];
        foreach (var back in backs)
        {
            using var reader = new PageClient(pages.Api.Url);
            var page = $"/sign-in/key?back={Uri.EscapeDataString(back)}";
            var (status, _, location) = await reader.Send(page, "key", [("Key", pages.Key("instructor"))]);
            (status, location).ShouldBe((HttpStatusCode.Found, "/"), back);
            (await reader.Get($"/language/fr-CA?back={Uri.EscapeDataString(back)}")).Location.ShouldBe("/", back);
        }
    }
}
