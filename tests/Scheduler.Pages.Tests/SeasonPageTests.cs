using NodaTime;

namespace Scheduler.Tests;

/// <summary>The season view: all pools by day, from the picture in memory.</summary>
[Collection(nameof(FlowCollection))]
public sealed class SeasonPageTests(FlowFixture flows)
{
    [Theory]
    [InlineData("Desktop", "en-CA")]
    [InlineData("Dark", "fr-CA")]
    [InlineData("Tablet", "en-CA")]
    [InlineData("Phone", "fr-CA")]
    public async Task The_season_is_sound_in_every_look(string name, string language)
    {
        await using var visitor = await flows.Visit((Look)typeof(Look).GetField(name)!.GetValue(null)! with { Language = language });
        await visitor.Open(FlowFixture.Grid("/availability/season", new(2026, 3, 1)));
        await visitor.MustBeSound($"season {name} {language}");
        await visitor.Picture($"season-{name}-{language}");
        await visitor.Page.Locator("a.cell:visible").First.ClickAsync();
        visitor.Address.ShouldContain(name == "Phone" ? "/availability/day?" : "/availability?");
    }

    [Fact]
    public async Task The_season_counts_the_starts_with_room_of_each_day_and_the_API_says_the_same()
    {
        var day = new LocalDate(2026, 5, 12);
        await flows.Fill(FlowFixture.At(day, 8), 20);
        await flows.Fill(FlowFixture.At(day, 12), FlowFixture.Seats);
        await flows.Fill(FlowFixture.At(day.PlusDays(1), 12), 39);
        const string Need = $"exam={FlowFixture.Exam}&seats=22&mode=online&accommodations=2x50";
        var summary = (await flows.Instructor.Get($"/availability/season?from={day:uuuu-MM-dd}&to={day.PlusDays(1):uuuu-MM-dd}&{Need}")).Must(200);
        var small = summary.Json["pools"]!.AsArray().Single(pool => (string)pool!["pool"]! == FlowFixture.Pool)!;
        ((bool)small["servesExam"]!).ShouldBeTrue();

        // Ten hours and two-hour blocks leave nine starts. 20 taken at 8 leave too few there. A full noon takes the starts at 11 and 12, and so do 39 taken.
        small["days"]!.AsArray().Select(one => ((int)one!["capacity"]!, (int)one["free"]!, (int)one["starts"]!, (string?)one["reason"]))
            .ShouldBe([(400, 340, 6, null), (400, 361, 7, null)]);
        var first = (await flows.Instructor.Get($"/availability/first?pool={FlowFixture.Pool}&from={day:uuuu-MM-dd}&{Need}")).Must(200);
        first.Member("localStart").ShouldBe("2026-05-12T09:00");
        await using var visitor = await flows.Visit();
        await visitor.Open(FlowFixture.Grid("/availability/season", day));
        (await visitor.Page.Locator($"a.cell[href*='pool={FlowFixture.Pool}'][href*='from={day:uuuu-MM-dd}']").First.GetAttributeAsync("aria-label"))
            .ShouldBe("6 starts, Tue May\u00a012");
        (await flows.Instructor.Get("/availability/season?from=2026-05-01&to=2026-06-05")).MustRefuse(400, "invalid");
        (await flows.Instructor.Get($"/availability/season?from=2026-05-01&to=2026-05-02&institution=elm")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task The_first_view_of_the_season_weighs_at_most_sixty_kilobytes()
    {
        await using var visitor = await flows.Visit();
        var wire = await visitor.Page.Context.NewCDPSessionAsync(visitor.Page);
        await wire.SendAsync("Network.enable");
        await wire.SendAsync("Network.setCacheDisabled", new() { ["cacheDisabled"] = true });
        var bytes = 0.0;
        wire.Event("Network.loadingFinished").OnEvent += (_, sent) => bytes += sent!.Value.GetProperty("encodedDataLength").GetDouble();
        await visitor.Open(FlowFixture.Grid("/availability/season", new(2026, 4, 1)));
        bytes.ShouldBeInRange(5_000, 60 * 1024);
        TestContext.Current.TestOutputHelper?.WriteLine($"first view of the season: {bytes / 1024:0.0} kB");
    }

    [Fact]
    public async Task Own_bookings_are_marked_and_notice_has_no_number()
    {
        var day = new LocalDate(2026, 5, 20);
        (await flows.Instructor.Post($"/institutions/{FlowFixture.School}/bookings", FlowFixture.Body(FlowFixture.At(day, 9), 2))).Must(201);
        await using var visitor = await flows.Visit();
        await visitor.Open(FlowFixture.Grid("/availability/season", day));
        (await visitor.Page.Locator("a.cell.mine").First.GetAttributeAsync("aria-label")).ShouldNotBeNull().ShouldContain("you have bookings");
        await visitor.Open(FlowFixture.Grid("/availability/season", new(2026, 3, 5)));
        (await visitor.Page.Locator("a.cell.notice").CountAsync()).ShouldBeGreaterThan(0);
        (await visitor.Page.Locator("a.cell.notice b").First.TextContentAsync()).ShouldBe("–");
    }
}
