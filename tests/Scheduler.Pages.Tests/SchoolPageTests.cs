using NodaTime;

namespace Scheduler.Tests;

/// <summary>The school page: onboarding with who and when, packs, limits, attendance to fill in and use.</summary>
[Collection(nameof(FlowCollection))]
public sealed class SchoolPageTests(FlowFixture flows)
{
    [Theory]
    [InlineData("Desktop", "en-CA")]
    [InlineData("Phone", "fr-CA")]
    public async Task A_coordinator_sees_what_is_open_who_did_what_and_what_ends_next(string name, string language)
    {
        var id = $"oak-{name.ToLowerInvariant()}";
        await flows.NewSchool(id, "Oak <i>Hill</i>");
        await ApiClient.Must(flows.Api.Operator.Put($"/institutions/{id}", Json.Of(
            ("name", "Oak <i>Hill</i>"), ("zone", "America/Toronto"), ("board", null), ("labSeats", 60), ("proctors", 0), ("ready", false),
            ("onboarding", new { agreement = true, purchase = true, itLab = false, itOnline = true }))));
        var coordinator = await flows.Api.NewCaller("coordinator", id);
        await using var visitor = await flows.Visit((Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language }, coordinator.Key);
        await visitor.Open("/school");
        await visitor.MustBeSound("the school");
        await visitor.Picture($"school-{name}-{language}");
        (await visitor.Page.Locator("h1").TextContentAsync()).ShouldBe("Oak <i>Hill</i>");
        var steps = await visitor.Page.Locator(".steps li").AllInnerTextsAsync();
        steps.Count.ShouldBe(5);
        (await visitor.Page.Locator(".steps .chip.amber").CountAsync()).ShouldBe(2);
        (await visitor.Page.Locator(".steps .chip.green").CountAsync()).ShouldBe(3);
        steps[^1].ShouldContain(language == "fr-CA" ? "2\u00a0mars" : "Mar\u00a02");
        (await visitor.Page.Locator(".packs li").InnerTextAsync()).ShouldContain("MOS");
        await using var instructor = await flows.Visit();
        (await instructor.Open("/school")).ShouldBe(404);
    }
}
