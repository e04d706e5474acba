using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>Every page as every role and as nobody, made from the table of routes: a page without a policy fails here.</summary>
public sealed partial class R14_Pages(PagesFixture pages) : IClassFixture<PagesFixture>
{
    [Fact]
    public void R14_every_page_has_a_policy_of_roles_or_says_that_it_is_open()
    {
        // A page that becomes open by mistake fails here.
        PageRoute.All.Where(page => page.IsOpen).Select(page => page.Path).Order(StringComparer.Ordinal)
            .ShouldBe(["/", "/first", "/join", "/not-found", "/sign-in", "/sign-in/code", "/sign-in/key", "/status"]);
        PageRoute.All.ShouldContain(page => !page.IsOpen);
        foreach (var page in PageRoute.All.Where(page => !page.IsOpen))
            page.Policy.ShouldBeOneOf([Policies.Operators, Policies.Managers, Policies.Bookers, Policies.SignedIn], page.Path);
    }

    [Fact]
    public void Every_endpoint_that_changes_something_beside_the_API_takes_an_antiforgery_token()
    {
        foreach (var endpoint in PageRoute.Endpoints().Where(endpoint => !IsOf(endpoint.RoutePattern.RawText!, ApiSetup.BasePath, "_framework")))
        {
            var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
            if (methods.Any(method => method is not ("GET" or "HEAD")))
                endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>().ShouldNotBeNull(endpoint.DisplayName).RequiresValidation.ShouldBeTrue();
        }
    }

    /// <summary>
    /// Bug: the form of a flexible request had the address of its page. Pages take forms too, so the router could not decide, and answered 500.
    /// </summary>
    [Fact]
    public void No_form_has_the_address_of_a_page()
    {
        var addresses = PageRoute.All.Select(page => page.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var forms = PageRoute.Endpoints()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is null
                && endpoint.Metadata.GetMetadata<IAntiforgeryMetadata>() is not null)
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).ToList();
        forms.Count.ShouldBeGreaterThan(10);
        forms.Where(addresses.Contains).ShouldBeEmpty();
    }

    /// <summary>Bug: a school out of reach in the address became the reader's own school, and the form changed things there.</summary>
    [Fact]
    public async Task R14_a_school_out_of_reach_in_the_address_is_not_found_on_every_page_and_form()
    {
        using var reader = new PageClient(pages.Api.Url);
        await reader.SignIn(pages.Key("coordinator"));
        foreach (var school in new[] { Schools.Foreign, "no-such-school", "not an id" })
        {
            foreach (var page in PageRoute.All.Where(page => !page.IsOpen && !page.Path.Contains('{', StringComparison.Ordinal)))
                (await reader.Get($"{page.Path}?school={Uri.EscapeDataString(school)}")).Status.ShouldBe(HttpStatusCode.NotFound, $"{page.Path} {school}");
            foreach (var form in new[] { "/book/hold", "/book/wait", "/queue/send", "/people", "/keys" })
                (await reader.Send($"{form}?school={Uri.EscapeDataString(school)}", "", [], page: "/people")).Status
                    .ShouldBe(HttpStatusCode.NotFound, $"{form} {school}");
        }

        (await reader.Get($"/school?school={Schools.Own}")).Status.ShouldBe(HttpStatusCode.OK);
        (await reader.Get("/school?school=")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task R14_nobody_is_led_to_the_sign_in_and_sees_open_pages_only()
    {
        using var nobody = new PageClient(pages.Api.Url);
        foreach (var page in PageRoute.All.Where(page => !page.Path.Contains('{', StringComparison.Ordinal)))
        {
            var (status, text, location) = await nobody.Get(page.Path);
            if (page.IsOpen)
            {
                ((int)status).ShouldBeOneOf([200, 302, 404], page.Path);
                text.ShouldNotContain("Sign out", customMessage: page.Path);
            }
            else
            {
                status.ShouldBe(HttpStatusCode.Found, page.Path);
                location.ShouldBe($"/sign-in?back={Uri.EscapeDataString(page.Path)}");
            }
        }
    }

    [Theory]
    [InlineData("viewer", Role.Viewer)]
    [InlineData("instructor", Role.Instructor)]
    [InlineData("coordinator", Role.Coordinator)]
    [InlineData("operator", Role.Operator)]
    public async Task R14_a_page_that_the_role_may_not_see_answers_like_one_that_is_not_there(string caller, Role role)
    {
        using var reader = new PageClient(pages.Api.Url);
        await reader.SignIn(pages.Key(caller));
        var absent = Stripped((await reader.Get("/no-such-page")).Text);
        foreach (var page in PageRoute.All.Where(page => !page.Path.Contains('{', StringComparison.Ordinal)))
        {
            var (status, text, _) = await reader.Get(page.Path);
            if (page.IsAllowed(role))
            {
                ((int)status).ShouldBeOneOf([200, 302], $"{role} {page.Path}");
                continue;
            }

            status.ShouldBe(HttpStatusCode.NotFound, $"{role} {page.Path}");
            Stripped(text).ShouldBe(absent, $"{role} {page.Path}");
        }
    }

    private static bool IsOf(string path, params string[] roots) =>
        roots.Any(root => path.TrimStart('/').StartsWith(root.TrimStart('/'), StringComparison.Ordinal));

    /// <summary>A page without what differs from request to request: tokens of forms, the time and what is left of it, the address to come back
    /// to.</summary>
    internal static string Stripped(string page) => Changing().Replace(page, "");

    [GeneratedRegex("""value="CfDJ[^"]*"|<time.*?</time>|back=[^"]*|data-(?:left|ends)="[^"]*""")]
    private static partial Regex Changing();
}
