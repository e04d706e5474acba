using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Tests;

/// <summary>
/// A peak of 40 schools and 400 flexible requests over HTTP: planned, added up again by code of the test alone, overtaken by bookings, applied, and compared
/// with what is free afterwards.
/// </summary>
public sealed class PeakTests
{
    private const int Limit = 20;

    [Fact]
    public async Task R11_a_plan_of_a_peak_adds_up_serves_more_than_first_come_and_is_applied()
    {
        await using var api = await TestApi.Open(furnish: false);
        var season = new PeakSeason(api.Operator);
        await season.Make();
        var plan = await Plan(api, season);
        var result = plan.GetProperty("result");

        MustAddUp(season, result);
        MustExplain(season, result);
        var served = result.GetProperty("servedSeats").GetInt32();
        result.GetProperty("requestedSeats").GetInt32().ShouldBe(season.Asked.Sum(ask => ask.Seats));
        served.ShouldBe(Placements(result).Sum(row => row.Seats));
        served.ShouldBeGreaterThan(FirstCome(season));

        var id = plan.GetProperty("id").GetString()!;
        var applied = (await api.Operator.Post($"/plans/{id}/apply", null)).Must(200);
        applied.Root.GetProperty("stale").GetArrayLength().ShouldBe(0, applied.Text);
        applied.Number("applied").ShouldBe(Placements(result).Count);
        (await api.Operator.Post($"/plans/{id}/apply", null)).Must(200).Text.ShouldBe(applied.Text);
        (await api.Operator.Get($"/plans/{id}")).Must(200).Member("status").ShouldBe("applied");
        await MustBeAsFree(api, season, result);
        await api.MustAddUp();
    }

    [Fact]
    public async Task R11_a_plan_that_bookings_have_overtaken_applies_what_is_still_true_and_names_the_rest()
    {
        await using var api = await TestApi.Open(furnish: false);
        var season = new PeakSeason(api.Operator);
        await season.Make();
        var plan = await Plan(api, season);
        var result = plan.GetProperty("result");
        var placed = Placements(result);
        (await api.Operator.Put("/institutions/latecomer", Json.Of(
            ("name", "latecomer"), ("zone", "America/Toronto"), ("labSeats", 1000), ("proctors", 1), ("ready", true)))).Must(200);
        (await api.Operator.Post(
            "/institutions/latecomer/packs", Json.Of(("programme", "MOS"), ("quantity", 5000), ("purchasedOn", "2026-01-15")))).Must(201);

        // The latecomer takes all that is free in six hours. Four requests are withdrawn.
        var hours = placed.Where(row => row.Pool == "ontario").Select(row => row.Start).Distinct().Take(6).ToHashSet();
        foreach (var hour in hours)
        {
            var free = season.Room.FreeAt("ontario", hour);
            if (free > 0)
            {
                (await api.Operator.Post("/institutions/latecomer/bookings", Json.Of(
                    ("exam", "short"), ("pool", "ontario"), ("start", Json.Text(hour)), ("seats", free), ("mode", "lab")))).Must(201);
            }
        }

        var asks = season.Asked.ToDictionary(ask => ask.Id);
        bool Touches(Placed row) => row.Pool == "ontario"
            && Enumerable.Range(0, asks[row.Request].ProfileOf(row.Seats).Length).Any(k => hours.Contains(row.Start + Duration.FromHours(k)));
        var withdrawn = placed.Where(row => !Touches(row)).Select(row => row.Request).Distinct().Take(4).ToHashSet();
        foreach (var request in withdrawn)
            (await api.Operator.Delete($"/requests/{request}")).Must(204);

        var id = plan.GetProperty("id").GetString()!;
        var applied = (await api.Operator.Post($"/plans/{id}/apply", null)).Must(200);
        var stale = applied.Root.GetProperty("stale").EnumerateArray().Select(row => row.GetProperty("request").GetString()!).ToList();
        var overtaken = placed.Where(row => Touches(row) || withdrawn.Contains(row.Request)).Select(row => row.Request).ToList();
        // A part of a split request may have nobody with extra time, and then its booking is shorter than the test assumes.
        var whole = placed.Where(row => row.Seats == asks[row.Request].Seats).Select(row => row.Request).ToHashSet();
        stale.Where(whole.Contains).Order().ShouldBe(overtaken.Where(whole.Contains).Order(), applied.Text);
        stale.ShouldBeSubsetOf(overtaken);
        stale.Count.ShouldBeGreaterThan(10);
        applied.Number("applied").ShouldBe(placed.Count - stale.Count);
        foreach (var request in placed.Select(row => row.Request).Except(stale).Take(20))
            (await api.Operator.Get($"/requests/{request}")).Must(200).Member("booking").ShouldNotBeNullOrEmpty();
        await api.MustAddUp();
    }

    private static async Task<JsonElement> Plan(TestApi api, PeakSeason season)
    {
        var started = (await api.Operator.Post("/plans", Json.Of(
            ("pools", PeakSeason.Pools.Select(pool => pool.Id)), ("from", Json.Text(PeakSeason.From)), ("to", Json.Text(PeakSeason.To)),
            ("timeLimitSeconds", Limit), ("movable", "none")))).Must(202);
        started.Member("status").ShouldBe("running");
        var id = started.Member("id");
        started.Header("Location").ShouldBe($"/api/v1/plans/{id}");
        // The stream of events ends with the run.
        (await api.Operator.Get($"/plans/{id}/events")).Must(200).ContentHeaders.ContentType!.MediaType.ShouldBe("text/event-stream");
        var plan = (await api.Operator.Get($"/plans/{id}")).Must(200);
        plan.Member("status").ShouldBe("ready", plan.Text);
        season.Asked.Count.ShouldBe(402);
        return plan.Root;
    }

    /// <summary>Every placement lies in its request's windows and fits beside all that sits there already and all other placements.</summary>
    private static void MustAddUp(PeakSeason season, JsonElement result)
    {
        foreach (var placed in Placements(result).GroupBy(row => row.Request))
        {
            var ask = season.Asked.Single(one => one.Id == placed.Key);
            var starts = season.Starts(ask).ToHashSet();
            placed.Sum(row => row.Seats).ShouldBeLessThanOrEqualTo(ask.Seats);
            foreach (var row in placed)
            {
                row.Pool.ShouldBe(ask.Pool);
                starts.ShouldContain(row.Start);
                row.Seats.ShouldBeGreaterThanOrEqualTo(ask.MinGroup ?? ask.Seats);
                season.Room.Fault(ask.School, row.Pool, ask.Mode, row.Start, ask.ProfileOf(row.Seats), row.Seats).ShouldBeNull();
                season.Room.Take(ask.School, row.Pool, ask.Mode, row.Start, ask.ProfileOf(row.Seats), row.Seats);
            }
        }
    }

    /// <summary>R7: the vouchers of each school, dealt to its requests before the plan, the oldest first.</summary>
    private static Dictionary<string, int> Dealt(PeakSeason season)
    {
        var room = season.Again();
        var left = season.Asked.Select(ask => ask.School).Distinct().ToDictionary(school => school, room.Vouchers);
        var dealt = new Dictionary<string, int>();
        foreach (var ask in season.Asked)
        {
            var most = Math.Min(ask.Seats, left[ask.School]);
            dealt[ask.Id] = most < Math.Min(ask.MinGroup ?? ask.Seats, ask.Seats) ? 0 : most;
            left[ask.School] -= dealt[ask.Id];
        }

        return dealt;
    }

    /// <summary>
    /// The room is that of the whole plan now. No request that was left would fit anywhere. The reason, the places and the amounts of every request that may
    /// not be split are those that the test works out itself.
    /// </summary>
    private static void MustExplain(PeakSeason season, JsonElement result)
    {
        var placed = Placements(result).ToLookup(row => row.Request, row => row.Seats);
        var unserved = result.GetProperty("unserved").EnumerateArray().ToDictionary(row => row.GetProperty("request").GetString()!);
        var dealt = Dealt(season);
        var (before, told) = (season.Again(), new HashSet<string>());
        foreach (var ask in season.Asked)
        {
            var open = ask.Seats - placed[ask.Id].Sum();
            unserved.ContainsKey(ask.Id).ShouldBe(open > 0);
            if (open == 0)
                continue;
            var least = ask.MinGroup is { } group ? Math.Min(open, group) : open;
            var fits = season.Starts(ask).Where(
                start => season.Room.Fault(ask.School, ask.Pool, ask.Mode, start, ask.ProfileOf(least), least) is null).ToList();
            var reason = unserved[ask.Id].GetProperty("reason").GetString();
            if (reason == "vouchers_short")
                (dealt[ask.Id] - placed[ask.Id].Sum()).ShouldBeLessThan(least, $"{ask.Id} has vouchers");
            else if (ask.MinGroup is null || open >= ask.MinGroup)
                fits.ShouldBeEmpty($"{ask.Id} {reason}");
            if (ask.MinGroup is null && reason != "vouchers_short")
            {
                var (why, places) = Explained(season, before, ask);
                reason.ShouldBe(why, ask.Id);
                unserved[ask.Id].GetProperty("blockedBy").EnumerateArray().Select(row => new Missing(
                        row.GetProperty("pool").GetString()!, Instant(row.GetProperty("start")), row.GetProperty("seatsMissing").GetInt32(),
                        row.GetProperty("limit").GetString()))
                    .ShouldBe(places, ignoreOrder: true, ask.Id);
                told.Add(why);
                told.UnionWith(places.Select(place => place.Limit).OfType<string>());
            }
        }

        // The peak has every case, so that none of them is left untested. No booking of a plan stands, so no request is told "full".
        told.ShouldBe(["outbid", "limit", "too_big", "lab", "proctors"], ignoreOrder: true);
    }

    /// <summary>
    /// Why a request that may not be split is not served, and for each of its starts the hour where most is missing: seats of the pool, or seats of its
    /// school's limit where these are more. A start that does not fit beside what stood before the plan is too big.
    /// </summary>
    private static (string Why, IReadOnlySet<Missing> Places) Explained(PeakSeason season, PeakRoom before, PeakAsk ask)
    {
        var (places, why) = (new HashSet<Missing>(), "too_big");
        foreach (var start in season.Candidates(ask))
        {
            var (seats, limit, isTooBig) = (new Missing(ask.Pool, start, 0, null), new Missing(ask.Pool, start, 0, null), false);
            for (var k = 0; k < ask.Profile.Length; k++)
            {
                var (at, need) = (start + Duration.FromHours(k), ask.Profile[k]);
                isTooBig |= need > before.FreeAt(ask.Pool, at);
                if (need - season.Room.FreeAt(ask.Pool, at) is var seatsMissing && seatsMissing > seats.Seats)
                    seats = new(ask.Pool, at, seatsMissing, null);
                if (need - season.Room.LimitFreeAt(ask.School, ask.Mode, at) is var limitMissing && limitMissing > limit.Seats)
                    limit = new(ask.Pool, at, limitMissing, ask.Mode == "lab" ? "lab" : "proctors");
            }

            if (Math.Max(seats.Seats, limit.Seats) > 0)
                places.Add(limit.Seats > seats.Seats ? limit : seats);
            if (isTooBig)
                continue;
            if (seats.Seats > 0)
                why = "outbid";
            else if (why != "outbid" && limit.Seats > 0)
                why = "limit";
        }

        return (why, places);
    }

    /// <summary>The seats that first come, first served would serve, in the order of the requests, each at the free start nearest to its wish.</summary>
    private static int FirstCome(PeakSeason season)
    {
        var (again, served) = (season.Again(), 0);
        foreach (var ask in season.Asked)
        {
            var starts = season.Starts(ask).OrderBy(start => Math.Abs((start - ask.Preferred).TotalMinutes)).ThenBy(start => start);
            foreach (var start in starts)
            {
                if (again.Fault(ask.School, ask.Pool, ask.Mode, start, ask.Profile, ask.Seats) is not null)
                    continue;
                again.Take(ask.School, ask.Pool, ask.Mode, start, ask.Profile, ask.Seats);
                served += ask.Seats;
                break;
            }
        }

        return served;
    }

    /// <summary>After the application what is free is exactly the capacity less what sits there.</summary>
    private static async Task MustBeAsFree(TestApi api, PeakSeason season, JsonElement result)
    {
        foreach (var (pool, _) in PeakSeason.Pools)
        {
            var reply = (await api.Operator.Get(
                $"/availability?pool={pool}&from={Json.Text(PeakSeason.From)}&to={Json.Text(PeakSeason.To)}")).Must(200);
            var booked = await Booked(api, pool);
            foreach (var slot in reply.Root.GetProperty("slots").EnumerateArray())
            {
                var start = Instant(slot.GetProperty("start"));
                var taken = booked.Concat(season.Held.Where(hold => hold.Pool == pool).Select(hold => (hold.Start, hold.Profile))).Sum(block =>
                {
                    var hour = (int)(start - block.Item1).TotalHours;
                    return start >= block.Item1 && hour < block.Item2.Length ? block.Item2[hour] : 0;
                });
                var free = slot.GetProperty("free").GetInt32();
                free.ShouldBe(slot.GetProperty("capacity").GetInt32() - taken, $"{pool} {start}");
                // The parts of a split request share its candidates with extra time, so the bookings may need fewer seats than the parts of the plan.
                free.ShouldBeGreaterThanOrEqualTo(season.Room.FreeAt(pool, start), $"{pool} {start}");
            }
        }

        var byRequest = Placements(result).ToLookup(row => row.Request);
        foreach (var school in season.Schools)
        {
            var queue = (await api.Operator.Get($"/institutions/{school.Id}/queue?limit=500")).Must(200).Root.GetProperty("items").EnumerateArray();
            foreach (var item in queue)
            {
                var ask = season.Asked.Single(one => one.Id == item.GetProperty("id").GetString());
                var whole = byRequest[ask.Id].Sum(row => row.Seats) == ask.Seats;
                item.GetProperty("status").GetString().ShouldBe(whole ? "placed" : "queued");
            }
        }
    }

    private static async Task<List<(Instant Start, int[] Profile)>> Booked(TestApi api, string pool)
    {
        var booked = new List<(Instant Start, int[] Profile)>();
        for (string? cursor = "", next; cursor is not null; cursor = next)
        {
            var range = $"pool={pool}&from={Json.Text(PeakSeason.From)}&to={Json.Text(PeakSeason.To)}&limit=500";
            var page = (await api.Operator.Get($"/bookings?{range}{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).Must(200).Root;
            booked.AddRange(page.GetProperty("items").EnumerateArray().Select(booking => (
                Instant(booking.GetProperty("start")), booking.GetProperty("seatProfile").EnumerateArray().Select(seats => seats.GetInt32()).ToArray())));
            next = page.GetProperty("next").GetString();
        }

        return booked;
    }

    private static List<Placed> Placements(JsonElement result) =>
    [
        .. result.GetProperty("placements").EnumerateArray().Select(row => new Placed(
            row.GetProperty("request").GetString()!, row.GetProperty("pool").GetString()!, Instant(row.GetProperty("start")),
            row.GetProperty("seats").GetInt32())),
    ];

    private static Instant Instant(JsonElement text) => InstantPattern.ExtendedIso.Parse(text.GetString()!).Value;

    private sealed record Missing(string Pool, Instant Start, int Seats, string? Limit);

    private sealed record Placed(string Request, string Pool, Instant Start, int Seats);
}
