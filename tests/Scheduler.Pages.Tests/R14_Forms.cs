using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R14: every form of the pages as nobody, as a role that may not, and as a stranger, made from the table of routes.</summary>
public sealed class R14_Forms(PagesFixture pages) : IClassFixture<PagesFixture>
{
    /// <summary>A page with a form, whose token the forms are sent with.</summary>
    private const string Page = "/settings";

    private static readonly string _need =
        $"?school={Schools.Foreign}&pool={Schools.Pool}&exam={Schools.Exam}&mode=lab&seats=1&start={Uri.EscapeDataString(Schools.Text(Schools.Slot(60, 14)))}";

    private static readonly (string Name, string Value)[] _fields = [("seats", "1"), ("mode", "lab"), ("attended", "1"), ("role", "viewer")];

    /// <summary>The addresses that take forms, besides the pages themselves, and the policy of each; null for an open one.</summary>
    private static IReadOnlyList<(string Path, string? Policy)> Forms { get; } =
    [
        .. PageRoute.Endpoints()
            .Where(one => one.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
            .Where(one => one.Metadata.GetMetadata<IAntiforgeryMetadata>() is { RequiresValidation: true })
            .Select(one => (
                "/" + one.RoutePattern.RawText!.TrimStart('/'),
                one.Metadata.GetMetadata<IAllowAnonymous>() is null ? one.Metadata.GetMetadata<IAuthorizeData>()?.Policy ?? "none" : null)),
    ];

    [Fact]
    public void R14_every_form_has_a_policy_of_roles_or_stands_here_as_open()
    {
        Forms.Where(form => form.Policy is null).Select(form => form.Path).Order(StringComparer.Ordinal).ShouldBe(
        [
            "/first/passkey", "/first/passkey/options", "/join/passkey", "/join/passkey/options", "/sign-in/demo/{person}", "/sign-in/passkey",
            "/sign-in/passkey/options", "/sign-out",
        ]);
        Forms.Count(form => form.Policy is not null).ShouldBeGreaterThan(15);
        foreach (var (path, policy) in Forms.Where(form => form.Policy is not null))
            policy.ShouldBeOneOf([Policies.Operators, Policies.Managers, Policies.Bookers, Policies.SignedIn], path);
    }

    [Fact]
    public async Task R14_a_form_of_nobody_leads_to_the_sign_in_and_back_to_its_page()
    {
        using var nobody = new PageClient(pages.Api.Url);
        foreach (var (path, _) in Forms.Where(form => form.Policy is not null))
        {
            var (status, _, location) = await nobody.Send(Filled(path, Guid.CreateVersion7().ToString()), "", _fields, page: "/availability/season?from=x");
            (status, location).ShouldBe((HttpStatusCode.Found, "/sign-in?back=%2Favailability%2Fseason%3Ffrom%3Dx"), path);
        }
    }

    /// <summary>
    /// Bugs: a change at a page's address that named no form was answered with an empty document, and JSON at the address of a form with 500.
    /// </summary>
    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    public async Task A_change_that_is_no_form_of_the_page_is_refused_in_words(string accept)
    {
        var cookies = new CookieContainer();
        using var reader = new PageClient(pages.Api.Url, cookies);
        await reader.SignIn(pages.Key("coordinator"));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies });
        var token = TestContext.Current.CancellationToken;
        async Task Refused(string path, HttpContent content, HttpStatusCode status)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, pages.Api.Url + path) { Content = content };
            request.Headers.Add("Origin", pages.Api.Url);
            request.Headers.Accept.ParseAdd(accept);
            using var answer = await http.SendAsync(request, token);
            answer.StatusCode.ShouldBe(status, path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(accept == "text/html" ? accept : "application/problem+json", path);
            (await answer.Content.ReadAsStringAsync(token)).Length.ShouldBeGreaterThan(40, path);
        }

        foreach (var path in new[] { "/people", "/keys", "/school" })
        {
            var (status, text, _) = await reader.Send(path, "", [("Email", "a@b.example")]);
            (status, text.Contains("<h1>", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true), path);
            await Refused(path, new FormUrlEncodedContent([KeyValuePair.Create("Email", "a@b.example")]), HttpStatusCode.BadRequest);
            await Refused(path, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), HttpStatusCode.UnsupportedMediaType);
        }

        foreach (var (path, _) in Forms)
        {
            // Without the school of others, which is not found before the body is looked at.
            var filled = Filled(path, Guid.CreateVersion7().ToString()).Replace(_need, "", StringComparison.Ordinal);
            if (Forms.Single(form => form.Path == path).Policy is null or Policies.SignedIn or Policies.Managers)
                await Refused(filled, new StringContent("{}", System.Text.Encoding.UTF8, "application/json"), HttpStatusCode.UnsupportedMediaType);
        }
    }

    [Theory]
    [InlineData("viewer", Role.Viewer)]
    [InlineData("instructor", Role.Instructor)]
    [InlineData("coordinator", Role.Coordinator)]
    public async Task R14_a_form_of_a_role_that_may_not_or_of_a_stranger_answers_like_one_that_is_not_there(string caller, Role role)
    {
        using var reader = new PageClient(pages.Api.Url);
        await reader.SignIn(pages.Key(caller));
        var absent = R14_Pages.Stripped((await reader.Get("/no-such-page")).Text);
        foreach (var (path, policy) in Forms.Where(form => form.Policy is not null))
        {
            var subject = await Subject(path);
            var before = await State(subject);
            var (status, text, _) = await reader.Send(Filled(path, subject.Id), "", _fields, page: Page);
            // A form without an id in its address takes the reader's own school where the address names a stranger's.
            if (subject.Address is not null || IsOfAccount(path) || !Policies.Roles(policy!).Contains(role))
                status.ShouldBe(HttpStatusCode.NotFound, $"{role} {path}");
            if (!Policies.Roles(policy!).Contains(role))
                R14_Pages.Stripped(text).ShouldBe(absent, $"{role} {path}");
            (await State(subject)).ShouldBe(before, $"{role} {path}");
        }
    }

    [Fact]
    public async Task R14_the_same_forms_reach_their_subjects_when_their_own_school_sends_them()
    {
        using var reader = new PageClient(pages.Api.Url);
        await reader.SignIn(pages.Key("foreign"));
        var reached = 0;
        foreach (var (path, policy) in Forms.Where(form => form.Policy is not null && !IsOfAccount(form.Path)))
        {
            var subject = await Subject(path);
            if (!Policies.Roles(policy!).Contains(Role.Coordinator))
                continue;
            if (subject.Address is null && subject.Id.Length > 0)
                continue;
            (await reader.Send(Filled(path, subject.Id), "", _fields, page: Page)).Status.ShouldBe(HttpStatusCode.Found, path);
            reached++;
        }

        reached.ShouldBeGreaterThan(10);
    }

    /// <summary>A form about the reader's own account. A reader with an API key has none.</summary>
    private static bool IsOfAccount(string path) =>
        path.StartsWith(SignInPaths.Passkeys, StringComparison.Ordinal) || path.StartsWith("/settings/", StringComparison.Ordinal);

    private static string Filled(string path, string id) =>
        path.Replace("{id:guid}", id, StringComparison.Ordinal).Replace("{id}", id, StringComparison.Ordinal) + _need;

    /// <summary>Something of the other school that the form is about, new for each form.</summary>
    private async Task<(string? Address, string Id)> Subject(string path)
    {
        var owner = pages.Api.Caller("foreign");
        if (IsOfAccount(path))
            return (null, Guid.CreateVersion7().ToString());
        if (!path.Contains("{id", StringComparison.Ordinal))
            return (null, "");
        if (path.StartsWith("/people/invitations", StringComparison.Ordinal))
        {
            var invitation = Json.Of(("email", $"{Guid.CreateVersion7()}@foreign.example"), ("role", "viewer"), ("institution", Schools.Foreign));
            return ("/invitations", (await pages.Api.Operator.Post("/invitations", invitation)).Must(201).Member("id"));
        }

        if (path.StartsWith("/people", StringComparison.Ordinal))
            return Of("/people", await TestPeople.Add(pages.Api.Services, "instructor", Schools.Foreign));
        if (path.StartsWith("/bookings", StringComparison.Ordinal))
            return Of("/bookings", await Make(owner, "bookings", Schools.Booking(Schools.Slot(60, 15)).ToJsonString()));
        if (path.StartsWith("/book", StringComparison.Ordinal))
            return Of("/holds", await Make(owner, "holds", Schools.Booking(Schools.Slot(60, 16)).ToJsonString()));
        // A form about something else names nothing that is there.
        if (!path.StartsWith("/queue", StringComparison.Ordinal))
            return (null, Guid.CreateVersion7().ToString());
        // The own school takes a seat, so the request for all seats waits.
        (await pages.Api.Instructor.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(Schools.Slot(60, 17)))).Must(201);
        var wish = Json.Of(
            ("exam", Schools.Exam), ("pool", Schools.Pool), ("seats", 1_000), ("mode", "lab"), ("preferredStart", Schools.Text(Schools.Slot(60, 17))));
        return Of("/requests", await Make(owner, "requests", wish));
    }

    private static (string? Address, string Id) Of(string list, string id) => ($"{list}/{id}", id);

    private static async Task<string> Make(ApiClient owner, string list, string body) =>
        (await owner.Post($"/institutions/{Schools.Foreign}/{list}", body)).Must(201).Member("id");

    /// <summary>The subject, and all that its school has booked, held and asked for.</summary>
    private async Task<string> State((string? Address, string Id) subject)
    {
        var lists = new[] { "bookings", "holds", "queue" }.Select(list => $"/institutions/{Schools.Foreign}/{list}");
        var texts = await Task.WhenAll((subject.Address is { } address ? lists.Append(address) : lists).Select(path => pages.Api.Operator.Get(path)));
        return string.Join('\n', texts.Select(one => one.Must(200).Text));
    }
}
