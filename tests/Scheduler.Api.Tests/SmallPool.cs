using NodaTime;

namespace Scheduler.Tests;

/// <summary>A pool "p" (UTC, 20 seats at all hours to July), exams "e" (one slot) and "long" (two), and schools a, b, of board "m", and stranger "x".</summary>
public static class SmallPool
{
    public static async Task Everything(ApiClient caller)
    {
        await Pool(caller, "p", "Etc/UTC", 20);
        await Exam(caller, "e", 50);
        await Exam(caller, "long", 110);
        await School(caller, "m", null);
        await School(caller, "a", "m");
        await School(caller, "b", "m");
        await School(caller, "x", null);
    }

    public static async Task Pool(ApiClient caller, string id, string zone, int seats)
    {
        (await caller.Put($"/pools/{id}", Json.Of(("name", id), ("zone", zone), ("image", "office")))).Must(200);
        var row = new { days = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }, fromTime = "00:00", toTime = "24:00", seats };
        (await caller.Put($"/pools/{id}/template", Json.Of(("weekly", new[] { row }), ("from", "2026-03-01"), ("to", "2026-07-31")))).Must(200);
    }

    public static async Task Exam(ApiClient caller, string id, int minutes, params string[] pools) => (await caller.Put(
        $"/exams/{id}",
        Json.Of(
            ("programme", "MOS"), ("name", id), ("minutes", minutes), ("checkInMinutes", 5), ("resetMinutes", 5), ("pools", pools.Length > 0 ? pools : ["p"]),
            ("modes", new[] { "lab", "online" }))))
        .Must(200);

    public static async Task School(ApiClient caller, string id, string? board, string zone = "Etc/UTC", int vouchers = 5000)
    {
        (await caller.Put(
            $"/institutions/{id}", Json.Of(("name", id), ("zone", zone), ("board", board), ("labSeats", 1000), ("proctors", 20), ("ready", true)))).Must(200);
        (await caller.Post($"/institutions/{id}/packs", Json.Of(("programme", "MOS"), ("quantity", vouchers), ("purchasedOn", "2026-01-15")))).Must(201);
    }

    public static string Booking(Instant start, int seats, string pool = "p", string exam = "e", string mode = "lab") =>
        Json.Of(("exam", exam), ("pool", pool), ("start", Json.Text(start)), ("seats", seats), ("mode", mode));

    /// <summary>A slot some days after the first of March 2026, at an hour UTC.</summary>
    public static Instant Slot(int day, int hour) => Instant.FromUtc(2026, 3, 1, 0, 0) + Duration.FromDays(day) + Duration.FromHours(hour);
}
