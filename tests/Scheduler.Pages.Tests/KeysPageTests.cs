using System.Net;

namespace Scheduler.Tests;

/// <summary>A coordinator makes, sees and revokes the keys of the school's programs.</summary>
[Collection(nameof(FlowCollection))]
public sealed class KeysPageTests(FlowFixture flows)
{
    [Theory]
    [InlineData("Desktop", "en-CA")]
    [InlineData("Phone", "fr-CA")]
    public async Task A_coordinator_makes_a_key_that_works_once_shown_and_revokes_it(string name, string language)
    {
        var look = (Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language };
        await using var visitor = await flows.Visit(look, flows.Coordinator.Key);
        await visitor.Open("/keys");
        await visitor.Page.Locator("#label").FillAsync($"Time <b>table</b> {name}");
        await visitor.Page.Locator("main form.card button.primary").ClickAsync();
        var secret = await visitor.Page.Locator("#secret").InputValueAsync();
        await visitor.MustBeSound("a new key");
        await visitor.Picture($"keys-{name}-{language}");
        (await visitor.Page.Locator(".rows b").AllInnerTextsAsync()).ShouldContain($"Time <b>table</b> {name}");
        var program = flows.Api.As(secret);
        (await program.Get("/me")).Must(200).Member("role").ShouldBe("instructor");
        await visitor.Open("/keys");
        (await visitor.Page.ContentAsync()).ShouldNotContain(secret);
        await visitor.Page.Locator(".rows li", new() { HasText = $"Time <b>table</b> {name}" }).Locator("button").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/keys");
        (await program.Get("/me")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_key_beyond_the_readers_role_or_reach_is_not_made_and_not_revoked()
    {
        using var coordinator = new PageClient(flows.Api.Url);
        await coordinator.SignIn(flows.Coordinator.Key!);
        (await coordinator.Send("/keys", "make", [("Label", "n"), ("Given", "operator")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await coordinator.Send("/keys", "make", [("Label", "n"), ("Given", "coordinator")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await coordinator.Send("/keys", "make", [("Label", " "), ("Given", "viewer")])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var foreign = (await flows.Api.Operator.Post("/api-keys", Json.Of(("role", "viewer"), ("institution", "elm"), ("name", "n")))).Must(201);
        (await coordinator.Send($"/keys/{foreign.Member("id")}/revoke", "", [], page: "/keys")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await flows.Api.As(foreign.Member("key")).Get("/me")).Must(200);
    }
}
