using System.Text.RegularExpressions;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>R1 in the day view: an hour that comes twice has two rows, and an hour that does not exist has a row that says so.</summary>
[Collection(nameof(FlowCollection))]
public sealed partial class ClockChangeTests(FlowFixture flows)
{
    [Fact]
    public async Task R01_the_day_view_tells_the_hours_of_a_clock_change_apart()
    {
        await ApiClient.Must(flows.Api.Operator.Put(
            "/pools/night", Json.Of(("name", "The night"), ("zone", "America/Toronto"), ("image", "office"))));
        var week = new { days = new[] { "sun" }, fromTime = "00:00", toTime = "05:00", seats = 9 };
        await ApiClient.Must(flows.Api.Operator.Put(
            "/pools/night/template", Json.Of(("weekly", new[] { week }), ("from", "2026-10-01"), ("to", "2027-03-31"))));
        using var client = await flows.Client(flows.Instructor.Key!);
        var back = (await client.Get("/availability/day?pool=night&from=2026-11-01")).Text;
        Heads(back).Take(5).ShouldBe(["00:00", "01:00 EDT, this hour comes twice", "01:00 EST, this hour comes twice", "02:00", "03:00"]);
        var forward = System.Net.WebUtility.HtmlDecode((await client.Get("/availability/day?pool=night&from=2027-03-14")).Text);
        Heads(forward).Take(5).ShouldBe(["00:00", "01:00", "02:00", "03:00", "04:00"]);
        forward.ShouldContain("does not exist, Sun Mar\u00a014, 2027");
    }

    /// <summary>The heads of the rows, as they are read.</summary>
    private static IEnumerable<string> Heads(string page) => Head().Matches(page[..page.IndexOf("</table>", StringComparison.Ordinal)])
        .Select(head => Space().Replace(Tag().Replace(head.Groups[1].Value, ""), " ").Replace(" ,", ",", StringComparison.Ordinal).Trim());

    [GeneratedRegex("<th scope=\"row\"[^>]*>(.*?)</th>", RegexOptions.Singleline)]
    private static partial Regex Head();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
