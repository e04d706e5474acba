using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>
/// R3, R4, R11: plans are applied over HTTP while schools book over HTTP. The plans are put into the ledger as a run ends them, because a run of the solver for
/// each of them would take an hour.
/// </summary>
public sealed class R11_PlansBesideBookings
{
    private const int Day = 60;
    private const int Hours = 12;
    private const int Capacity = 20;
    private const int Pairs = 500;
    private const int CommandsBeside = 6;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task R04_two_full_bookings_of_two_schools_swap_their_slots_in_one_plan()
    {
        await using var api = await TestApi.Open(furnish: false);
        await SmallPool.Everything(api.Operator);
        var (a, b) = (await api.NewCaller("coordinator", "a"), await api.NewCaller("coordinator", "b"));
        var one = (await a.Post("/institutions/a/bookings", SmallPool.Booking(Hour(8), Capacity))).Must(201).Member("id");
        var other = (await b.Post("/institutions/b/bookings", SmallPool.Booking(Hour(9), Capacity))).Must(201).Member("id");
        // The school itself cannot: the other slot is full.
        (await a.Post($"/bookings/{one}/reschedule", Json.Of(("start", Json.Text(Hour(9)))))).MustRefuse(409, "slot_full");
        var plan = await Ready(api, [MoveOf(one, "a", 1, 8, 9), MoveOf(other, "b", 1, 9, 8)]);
        var applied = (await api.Operator.Post($"/plans/{plan}/apply", null)).Must(200);
        (applied.Number("applied"), applied.Root.GetProperty("stale").GetArrayLength()).ShouldBe((2, 0));
        (await api.Operator.Post($"/plans/{plan}/apply", null)).Must(200).Text.ShouldBe(applied.Text);
        (await a.Get($"/bookings/{one}")).Must(200).Member("start").ShouldBe(Json.Text(Hour(9)));
        (await b.Get($"/bookings/{other}")).Must(200).Member("start").ShouldBe(Json.Text(Hour(8)));
        (await SeatTrail.Read(api.Operator)).MostTaken.ShouldBe(Capacity);
        await api.MustAddUp();
    }

    /// <summary>
    /// Two plans at a time are made ready, bookings over HTTP fill an hour to which half of their entries go, and then both plans are applied at once, while
    /// other schools book and cancel.
    /// </summary>
    [Fact]
    public async Task R11_a_thousand_plans_over_http_exceed_no_slot_at_any_version_and_lose_no_booking()
    {
        await using var api = await TestApi.Open(furnish: false);
        await SmallPool.Everything(api.Operator);
        await SmallPool.School(api.Operator, "q", null, vouchers: 100_000);
        await SmallPool.School(api.Operator, "t", null, vouchers: 100_000);
        var (ledger, planned) = (api.Services.GetRequiredService<SeatLedger>(), new List<string>());
        var mostTaken = 0;
        // The feed gives the seats of the slots after each commit. Within one commit the record lists a booking before a cancellation that came later.
        using var versions = ledger.Feed.Subscribe(changes => mostTaken = changes.SelectMany(change => change.Slots).Select(slot => slot.Taken)
            .Append(mostTaken).Max());
        for (var i = 0; i < 24; i++)
            planned.Add((await api.Operator.Post($"/institutions/{"ab"[i % 2]}/bookings", SmallPool.Booking(Hour(i % Hours), 4))).Must(201).Member("id"));
        using var turns = new SemaphoreSlim(0);
        using var end = new CancellationTokenSource();
        var walkIns = Enumerable.Range(0, 2).Select(i => Task.Run(() => Walk(api, i, turns, end.Token), Token)).ToList();
        var (entries, applied, overtaken, placed) = (0, 0, 0, new List<string>());
        try
        {
            var random = new Random(11);
            for (var pair = 0; pair < Pairs; pair++)
            {
                var hour = random.Next(Hours);
                var now = await Task.WhenAll(random.GetItems([.. planned], 16).Distinct().Select(id => Stands(ledger, id)));
                var elsewhere = now.Where(booking => booking.Hour != hour).ToList();
                var request = await Ask(api);
                // Two of the entries of each plan go to the hour that is filled. One booking is in both plans.
                PlanEntry[][] plans =
                [
                    [.. elsewhere.Take(2).Select(one => one.To(hour)), .. elsewhere.Skip(4).Take(2).Select(one => one.To(OtherThan(hour, random))),
                        Place(request, OtherThan(hour, random))],
                    [.. elsewhere.Skip(2).Take(2).Select(one => one.To(hour)), .. elsewhere.Skip(5).Take(2).Select(one => one.To(OtherThan(hour, random)))],
                ];
                var ready = await Task.WhenAll(plans.Select(one => Ready(api, [.. one])));
                var filled = await Fill(api, hour);
                turns.Release(CommandsBeside);
                var answers = await Task.WhenAll(ready.Select(id => api.Operator.Post($"/plans/{id}/apply", null)));
                for (var i = 0; i < answers.Length; i++)
                {
                    var stale = answers[i].Must(200).Root.GetProperty("stale").EnumerateArray().ToList();
                    (answers[i].Number("applied") + stale.Count).ShouldBe(plans[i].Length);
                    entries += plans[i].Length;
                    applied += answers[i].Number("applied");
                    overtaken += stale.Count(one => one.GetProperty("why").GetString() == "slot_full");
                }

                foreach (var booking in filled)
                    (await api.Operator.Post($"/bookings/{booking}/cancel", Json.Of(("reason", "the hour is free again")))).Must(200);
                var shown = (await api.Operator.Get($"/requests/{request}")).Must(200);
                if (shown.Member("status") == "placed")
                    placed.Add(shown.Member("booking"));
                else
                    (await api.Operator.Delete($"/requests/{request}")).Must(204);
                // The placed bookings leave again in the end, so that the hours do not fill up.
                if (placed.Count > 8)
                {
                    (await api.Operator.Post($"/bookings/{placed[0]}/cancel", Json.Of(("reason", "room for more")))).Must(200);
                    placed.RemoveAt(0);
                }
            }
        }
        finally
        {
            await end.CancelAsync();
        }

        var walked = await Task.WhenAll(walkIns);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{entries} entries, {applied} applied, {overtaken} overtaken by bookings, {walked.Sum(one => one.Commands)} commands beside");
        overtaken.ShouldBeGreaterThan(entries * 3 / 10);
        applied.ShouldBeGreaterThan(entries * 2 / 10);

        var trail = await SeatTrail.Read(api.Operator);
        mostTaken.ShouldBe(Capacity);
        trail.Rows.ShouldBeGreaterThan(applied);
        // What the schools were told stands, and nothing else: in the record, in the list of bookings, and in the rows of the slots.
        string[] expected = [.. planned.Concat(placed).Concat(walked.SelectMany(one => one.Standing)).Order()];
        trail.Bookings.Keys.Order().ShouldBe(expected);
        var listed = await Listed(api);
        listed.Keys.Order().ShouldBe(expected);
        foreach (var seat in trail.Bookings.Values)
            listed[seat.Booking].ShouldBe(Json.Text(seat.Start));
        await api.MustAddUp();
    }

    /// <summary>Books and cancels, one command for each turn, until the end. Returns the bookings that stand, and the number of commands.</summary>
    private static async Task<(List<string> Standing, int Commands)> Walk(TestApi api, int number, SemaphoreSlim turns, CancellationToken end)
    {
        var (random, standing, commands) = (new Random(100 + number), new List<string>(), 0);
        var school = number == 0 ? "m" : "x";
        while (true)
        {
            try
            {
                await turns.WaitAsync(end);
            }
            catch (OperationCanceledException)
            {
                return (standing, commands);
            }

            commands++;
            if (standing.Count > 3)
            {
                (await api.Operator.Post($"/bookings/{standing[0]}/cancel", Json.Of(("reason", "plans have changed")))).Must(200);
                standing.RemoveAt(0);
                continue;
            }

            var reply = await api.Operator.Post($"/institutions/{school}/bookings", SmallPool.Booking(Hour(random.Next(Hours)), random.Next(1, 6)));
            if (reply.Status == 201)
                standing.Add(reply.Member("id"));
            else
                reply.MustRefuse(409, "slot_full");
        }
    }

    /// <summary>Books what is free in an hour, one booking after the other while seats are left.</summary>
    private static async Task<List<string>> Fill(TestApi api, int hour)
    {
        var booked = new List<string>();
        for (var seats = Capacity; seats > 0;)
        {
            var reply = await api.Operator.Post("/institutions/t/bookings", SmallPool.Booking(Hour(hour), seats));
            if (reply.Status == 201)
                booked.Add(reply.Member("id"));
            seats = reply.Status == 201 ? 1 : reply.MustRefuse(409, "slot_full").Root.GetProperty("slots")[0].GetProperty("freeSeats").GetInt32();
        }

        return booked;
    }

    private static async Task<string> Ask(TestApi api)
    {
        var day = LocalDatePattern.Iso.Format(Hour(0).InUtc().Date);
        var window = new { from = day, to = day, days = (string[]?)null, fromTime = "00:00", toTime = "24:00" };
        return (await api.Operator.Post("/institutions/q/requests", Json.Of(
            ("exam", "e"), ("pool", "p"), ("seats", 2), ("mode", "lab"), ("preferredStart", Json.Text(Hour(0))), ("windows", new[] { window }))))
            .Must(201).Member("id");
    }

    private static async Task<Standing> Stands(SeatLedger ledger, string id)
    {
        var booking = (await ledger.Read.Booking(new(Guid.Parse(id, CultureInfo.InvariantCulture)), Token)).ShouldNotBeNull();
        return new(id, booking.Sitting.Institution.Text, booking.Version, (int)(booking.Sitting.Start - Hour(0)).TotalHours);
    }

    private static async Task<Dictionary<string, string>> Listed(TestApi api)
    {
        var listed = new Dictionary<string, string>();
        for (string? cursor = "", next; cursor is not null; cursor = next)
        {
            var range = $"pool=p&from={Json.Text(Hour(0))}&to={Json.Text(Hour(24))}&limit=500";
            var page = (await api.Operator.Get($"/bookings?{range}{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).Must(200).Root;
            foreach (var booking in page.GetProperty("items").EnumerateArray().Where(one => one.GetProperty("status").GetString() == "confirmed"))
                listed.Add(booking.GetProperty("id").GetString()!, booking.GetProperty("start").GetString()!);
            next = page.GetProperty("next").GetString();
        }

        return listed;
    }

    /// <summary>Stores a plan that is ready, as its run does.</summary>
    private static async Task<string> Ready(TestApi api, ImmutableArray<PlanEntry> entries)
    {
        var ledger = api.Services.GetRequiredService<SeatLedger>();
        var plan = new PlanRow
        {
            Id = PlanId.New(), Status = PlanStatus.Ready, MadeBy = "start", MadeAt = api.Clock.Now,
            Scope = new([PoolId.Of("p")], Hour(0), Hour(24), 30, MovesBookings: true),
        };
        var outcome = await ledger.Commit(
            new()
            {
                Record = new()
                {
                    At = api.Clock.Now, Who = "start", Kind = ChangeKind.PlanEnded, Subject = plan.Id.ToString(), After = new PlanSnapshot(plan),
                },
                Rows = [new RowWrite.PlanPut(plan), new RowWrite.PlanFile(plan.Id, PlanFileKind.Entries, PlanEntriesText.Write(entries))],
            },
            Token);
        outcome.ShouldBeOfType<CommitOutcome.Committed>();
        return plan.Id.ToString();
    }

    private static int OtherThan(int hour, Random random) => (hour + 1 + random.Next(Hours - 1)) % Hours;

    private static PlanEntry.Placement Place(string request, int hour) => new PlanEntry.Placement(
        new(Guid.Parse(request, CultureInfo.InvariantCulture)), 1, PoolId.Of("p"), Hour(hour), 2, [])
    { Institution = InstitutionId.Of("q") };

    private static PlanEntry.Move MoveOf(string booking, string school, int version, int from, int to) => new PlanEntry.Move(
        new(Guid.Parse(booking, CultureInfo.InvariantCulture)), version, Hour(from), Hour(to))
    { Institution = InstitutionId.Of(school) };

    private static Instant Hour(int number) => SmallPool.Slot(Day, number);

    private sealed record Standing(string Id, string School, int Version, int Hour)
    {
        public PlanEntry.Move To(int hour) => MoveOf(Id, School, Version, Hour, hour);
    }
}
