using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Tests;

/// <summary>
/// Furnishing with one pool of 1000 seats every hour, one exam of one slot, a board with one school (own) and a school without a board (foreign), packs, and a
/// key for every kind of caller.
/// </summary>
public static class Schools
{
    public const string Pool = "office";
    public const string Exam = "excel";
    public const string Own = "own";
    public const string Foreign = "foreign";
    public const string Board = "board";

    /// <summary>Days after the first day of the tests, at an hour UTC; far enough ahead for every lead time from 30 on.</summary>
    public static Instant Slot(int days, int hour) => Instant.FromUtc(2026, 3, 2, 0, 0) + Duration.FromDays(days) + Duration.FromHours(hour);

    public static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    public static JsonObject Booking(Instant start, int seats = 1, string mode = "lab") =>
        new() { ["exam"] = Exam, ["pool"] = Pool, ["start"] = Text(start), ["seats"] = seats, ["mode"] = mode };

    public static JsonObject School(string zone = "America/Toronto", string? board = null) => new()
    {
        ["name"] = "School", ["zone"] = zone, ["board"] = board, ["labSeats"] = 100_000, ["proctors"] = 1_000, ["ready"] = true, ["shortNoticeDays"] = null,
    };

    public static async Task NewSchool(ApiClient client, string id, string zone = "America/Toronto", string? board = null, int vouchers = 100_000)
    {
        await ApiClient.Must(client.Put($"/institutions/{id}", School(zone, board)));
        if (vouchers > 0)
            await ApiClient.Must(client.Post($"/institutions/{id}/packs",
                new JsonObject { ["programme"] = "MOS", ["quantity"] = vouchers, ["purchasedOn"] = "2026-03-01" }));
    }

    /// <summary>A pack of 500 vouchers, by its id.</summary>
    public static async Task<string> NewPack(ApiClient client, string institution) =>
        (string)(await ApiClient.Must(client.Post($"/institutions/{institution}/packs", SampleBodies.Samples["Pack"])))["id"]!;

    /// <summary>A plan whose run has ended.</summary>
    public static async Task<string> EndedPlan(ApiClient client)
    {
        var made = await client.Post("/plans", SampleBodies.Samples["Plan"]);
        for (; made.Code == "plan_running"; made = await client.Post("/plans", SampleBodies.Samples["Plan"]))
            (await client.Delete($"/plans/{made.Member("plan")}")).Must(204);
        var id = made.Must(202).Member("id");
        (await client.Get($"/plans/{id}/events")).Must(200);
        return id;
    }

    public static async Task Furnish(TestApi api)
    {
        await FurnishPool(api.Operator, 1_000);
        await ApiClient.Must(api.Operator.Put("/policy", new JsonObject { ["maxHolds"] = 1_000, ["maxHeldSeats"] = 100_000 }));
        await NewSchool(api.Operator, Board);
        await NewSchool(api.Operator, Own, board: Board);
        await NewSchool(api.Operator, Foreign);
        foreach (var (name, role, institution) in new[]
        {
            ("viewer", "viewer", Own), ("instructor", "instructor", Own), ("coordinator", "coordinator", Own), ("boardCoordinator", "coordinator", Board),
            ("foreign", "coordinator", Foreign),
        })
        {
            await api.AddCaller(name, role, institution);
        }
    }

    /// <summary>One pool with seats every hour for more than a year, and one exam.</summary>
    public static async Task FurnishPool(ApiClient client, int seats, string zone = "America/Toronto")
    {
        await ApiClient.Must(client.Put($"/pools/{Pool}", new JsonObject { ["name"] = "Office", ["zone"] = zone, ["image"] = "office" }));
        await ApiClient.Must(client.Put($"/pools/{Pool}/template", new JsonObject
        {
            ["weekly"] = new JsonArray(new JsonObject
            {
                ["days"] = new JsonArray("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ["fromTime"] = "00:00", ["toTime"] = "24:00", ["seats"] = seats,
            }),
            ["from"] = "2026-03-01",
            ["to"] = "2027-04-30",
        }));
        await ApiClient.Must(client.Put($"/exams/{Exam}", new JsonObject
        {
            ["programme"] = "MOS", ["name"] = "Excel", ["minutes"] = 50, ["checkInMinutes"] = 5, ["resetMinutes"] = 5,
            ["pools"] = new JsonArray(Pool), ["modes"] = new JsonArray("lab", "online"),
        }));
    }
}
