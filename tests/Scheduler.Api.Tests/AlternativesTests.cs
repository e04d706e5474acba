using NodaTime;

namespace Scheduler.Tests;

/// <summary>Every alternative that a refusal offers, posted at once while nobody else books, books.</summary>
public sealed class AlternativesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task R03_each_alternative_posted_at_once_books()
    {
        // Few workstations, few vouchers, extra time and nearly full days: alternatives have rules to keep besides seats.
        var random = new Random(20260302);
        (await api.Operator.Put("/institutions/tight", Json.Of(("name", "t"), ("zone", "America/St_Johns"), ("labSeats", 12), ("proctors", 1),
            ("ready", true)))).Must(200);
        (await api.Operator.Post("/institutions/tight/packs", Json.Of(("programme", "MOS"), ("quantity", 400), ("purchasedOn", "2026-02-01")))).Must(201);
        for (var hour = 0; hour < 72; hour++)
            (await api.Operator.Post("/institutions/x/bookings",
                SmallPool.Booking(SmallPool.Slot(70, 0) + Duration.FromHours(hour), 9 + random.Next(12)))).Must(201);

        var tried = 0;
        for (var i = 0; i < 30; i++)
        {
            var start = SmallPool.Slot(70, random.Next(72));
            var seats = 3 + random.Next(8);
            var mode = random.Next(3) == 0 ? "online" : "lab";
            var wish = Wish(start, seats, mode);
            var refused = await api.Operator.Post("/institutions/tight/bookings", wish);
            if (refused.Status == 201)
                continue;
            if (refused.Code != "slot_full")
                continue;
            var alternatives = refused.Root.GetProperty("alternatives").EnumerateArray().ToList();
            alternatives.Count.ShouldBeInRange(1, 5, refused.Text);
            foreach (var alternative in alternatives)
            {
                var there = NodaTime.Text.InstantPattern.ExtendedIso.Parse(alternative.GetProperty("start").GetString()!).Value;
                alternative.GetProperty("free").GetInt32().ShouldBe(alternative.GetProperty("freePerSlot").EnumerateArray().Min(free => free.GetInt32()));
                var booked = (await api.Operator.Post("/institutions/tight/bookings", Wish(there, seats, mode))).Must(201);
                (await api.Operator.Post($"/bookings/{booked.Member("id")}/cancel", null)).Must(200);
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(20);
    }

    private static string Wish(Instant start, int seats, string mode) => Json.Of(
        ("exam", "e"), ("pool", "p"), ("start", Json.Text(start)), ("seats", seats), ("mode", mode), ("accommodations", new[] { new { candidates = 2,
        extraTimePercent = 50 } }));
}
