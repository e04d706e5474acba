using System.Net;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>What a full hour says of those who ask, and of the entries by which the school itself waits already.</summary>
[Collection(nameof(FlowCollection))]
public sealed class WaitTests(FlowFixture flows)
{
    private static readonly LocalDate _day = new(2026, 6, 24);

    [Fact]
    public async Task A_full_hour_says_how_much_is_asked_and_a_second_entry_is_told_before_and_after()
    {
        var start = FlowFixture.At(_day, 10);
        await flows.Fill(start, FlowFixture.Seats);
        var wish = Json.Of(
            ("exam", FlowFixture.Exam), ("pool", FlowFixture.Pool), ("seats", 8), ("mode", "online"), ("preferredStart", Json.Text(start)));
        (await flows.Other.Post("/institutions/elm/requests", wish)).Must(201);
        var school = await flows.NewSchool("waiter", "Waiter");
        using var client = await flows.Client(school.Key!);
        var query = $"?pool={FlowFixture.Pool}&exam={FlowFixture.Exam}&mode=online&seats=22&start={Uri.EscapeDataString(Json.Text(start))}";
        var before = await Text(client, $"/book{query}");
        before.ShouldContain("10:00: 48 asked of 40");
        before.ShouldContain("booked or held: 40, waiting: 8");
        before.ShouldContain("You would be 2nd for this block, behind 8 seats.");
        before.ShouldNotContain("You already wait");
        before.ShouldContain("Join the waitlist");

        var first = (await client.Send($"/book/wait{query}", "", [], page: "/settings")).Location.ShouldNotBeNull();
        (await Text(client, first)).ShouldContain("You wait for this block, behind 8 seats.");
        var again = await Text(client, $"/book{query}");
        again.ShouldContain("10:00: 70 asked of 40");
        again.ShouldContain("You already wait for this hour with 22 seats, position 2.");
        again.ShouldContain("Wait for 22 seats more");
        again.ShouldContain($"/queue?entry={first.Split("request=")[1]}");

        var second = (await client.Send($"/book/wait{query}", "", [], page: "/settings")).Location.ShouldNotBeNull();
        (await Text(client, second)).ShouldContain("You wait for this hour twice now: positions 2, 3.");

        // The details of an entry: place, seats ahead, what is asked, what to do next; and four figures over all.
        var pane = await Text(client, $"/queue?entry={second.Split("request=")[1]}");
        string[] parts =
            ["3rd in the row", "<dd>30 seats</dd>", "10:00: 92 asked of 40", "What to do next", "Served so far", "The operator starts the plans"];
        foreach (var part in parts)
            pane.ShouldContain(part);
        pane.Split("<dt>").Length.ShouldBeGreaterThan(5);
        using var french = await flows.Client(school.Key!, "fr-CA");
        var text = await Text(french, $"/book{query}");
        text.ShouldContain("10 h : 92 demandées sur 40");
        text.ShouldContain("Vous attendez déjà cette heure avec 22 places, rang 2.");
        await flows.Api.MustAddUp();
    }

    /// <summary>Bug: a window with no weekday was sent as one with all seven.</summary>
    [Fact]
    public async Task A_window_without_a_weekday_is_not_sent()
    {
        using var client = await flows.Client(flows.Instructor.Key!);
        var query = $"?pool={FlowFixture.Pool}&exam={FlowFixture.Exam}&mode=online&seats=2&start={Uri.EscapeDataString(Json.Text(FlowFixture.At(_day, 12)))}";
        (string, string)[] form = [("from", "2026-06-22"), ("to", "2026-06-26"), ("begin", "08:00"), ("end", "17:00")];
        var sent = await client.Send($"/queue/send{query}", "", form, page: $"/queue/ask{query}");
        sent.Status.ShouldBe(HttpStatusCode.Found);
        var back = sent.Location.ShouldNotBeNull();
        back.ShouldEndWith("why=days");
        var text = await Text(client, back);
        text.ShouldContain("Tick at least one weekday in each window. Nothing was sent.");
        text.ShouldContain("value=\"2026-06-22\"");
        (await client.Send($"/queue/send{query}", "", [.. form, ("days0", "wed")], page: $"/queue/ask{query}")).Location.ShouldStartWith("/queue?request=");
    }

    /// <summary>Bug: on a phone, a week in which the pool is closed stayed a dead end.</summary>
    [Fact]
    public async Task A_closed_week_leads_a_phone_to_the_next_day_that_can_be_booked()
    {
        using var client = await flows.Client(flows.Instructor.Key!);
        // The template ends on June 30 and begins again on July 13.
        (await Text(client, FlowFixture.Grid("/availability", new(2026, 7, 6)))).ShouldMatch("data-day=\"[^\"]*from=2026-07-13");
        (await Text(client, FlowFixture.Grid("/availability", new(2026, 6, 22)))).ShouldMatch("data-day=\"[^\"]*from=2026-06-22");
    }

    /// <summary>The text of a page, with ordinary spaces and without marks of HTML.</summary>
    private static async Task<string> Text(PageClient client, string path)
    {
        var (status, text, _) = await client.Get(path);
        status.ShouldBe(HttpStatusCode.OK, path);
        return WebUtility.HtmlDecode(text).Replace('\u00a0', ' ');
    }
}
