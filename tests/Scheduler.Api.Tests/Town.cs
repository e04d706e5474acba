using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>
/// The whole house behind its real door: Kestrel on a free port, a silo, SQLite in a folder of its own, the clock in the test's hand. Furnished with one pool of 1000 seats every hour, one
/// exam of one slot, a board with one school (own) and a school of nobody (foreign), packs, and a key for every kind of caller.
/// </summary>
public sealed class Town : IAsyncDisposable
{
    public const string OperatorKey = "operator-key-of-tests";
    public const string Pool = "office";
    public const string Exam = "excel";
    public const string Own = "own";
    public const string Foreign = "foreign";
    public const string Board = "board";
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 12, 0);
    private readonly string _folder;
    private readonly HttpClient _client;
    private readonly Dictionary<string, Asker> _askers = [];
    private ServeHost _host;

    private Town(string folder, ServeHost host, TestClock clock)
    {
        _folder = folder;
        _host = host;
        Clock = clock;
        _client = new() { BaseAddress = new(host.Urls.First()) };
    }

    public TestClock Clock { get; }

    public IServiceProvider Services => _host.Services;

    public Asker Operator => Caller("operator");

    public Asker Instructor => Caller("instructor");

    public static async Task<Town> Open(bool furnish = true, int? callsAtOnce = null)
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-api-").FullName;
        var clock = new TestClock(Start);
        var faults = new List<string>();
        var plan = ServeHost.Prepare(
            ["--urls", "http://127.0.0.1:0", "--Scheduler:DataDirectory", folder, "--Scheduler:Bootstrap:OperatorKey", OperatorKey, "--Logging:LogLevel:Default", "Error"], faults, clock);
        plan.ShouldNotBeNull(string.Join('\n', faults));
        var host = await ServeHost.Open(callsAtOnce is { } few ? plan with { Bounds = new(few) } : plan);
        await host.Start();
        var town = new Town(folder, host, clock);
        town._askers["operator"] = new(town._client, OperatorKey);
        town._askers["nobody"] = new(town._client, null);
        if (furnish)
            await town.Furnish();
        return town;
    }

    /// <summary>By name: nobody, viewer, instructor, coordinator (of own), boardCoordinator, foreign (its coordinator), operator.</summary>
    public Asker Caller(string name) => _askers[name];

    public Asker With(string? key) => new(_client, key);

    /// <summary>Days after the town's first day, at an hour UTC; far enough ahead for every lead time from 30 on.</summary>
    public static Instant Slot(int days, int hour) => Instant.FromUtc(2026, 3, 2, 0, 0) + Duration.FromDays(days) + Duration.FromHours(hour);

    public static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    public static JsonObject Booking(Instant start, int seats = 1, string mode = "lab") =>
        new() { ["exam"] = Exam, ["pool"] = Pool, ["start"] = Text(start), ["seats"] = seats, ["mode"] = mode };

    public static JsonObject School(string zone = "America/Toronto", string? board = null) => new()
    {
        ["name"] = "School", ["zone"] = zone, ["board"] = board, ["labSeats"] = 100_000, ["proctors"] = 1_000, ["ready"] = true, ["shortNoticeDays"] = null,
    };

    public async Task<string> NewKey(string role, string? institution)
    {
        var body = new JsonObject { ["role"] = role, ["name"] = role };
        if (institution is not null)
            body["institution"] = institution;
        return (string)(await Asker.Must(Operator.Post("/api-keys", body)))["key"]!;
    }

    public async Task NewSchool(string id, string zone = "America/Toronto", string? board = null, int vouchers = 100_000)
    {
        await Asker.Must(Operator.Put($"/institutions/{id}", School(zone, board)));
        if (vouchers > 0)
            await Asker.Must(Operator.Post($"/institutions/{id}/packs", new JsonObject { ["programme"] = "MOS", ["quantity"] = vouchers, ["purchasedOn"] = "2026-03-01" }));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Furnish()
    {
        await FurnishPool(Operator, 1_000);
        await Asker.Must(Operator.Put("/policy", new JsonObject { ["maxHolds"] = 1_000, ["maxHeldSeats"] = 100_000 }));
        await NewSchool(Board);
        await NewSchool(Own, board: Board);
        await NewSchool(Foreign);
        foreach (var (name, role, institution) in new[]
        {
            ("viewer", "viewer", Own), ("instructor", "instructor", Own), ("coordinator", "coordinator", Own), ("boardCoordinator", "coordinator", Board),
            ("foreign", "coordinator", Foreign),
        })
        {
            _askers[name] = new(_client, await NewKey(role, institution));
        }
    }

    /// <summary>One pool with seats every hour for more than a year, and one exam.</summary>
    public static async Task FurnishPool(Asker asker, int seats, string zone = "America/Toronto")
    {
        await Asker.Must(asker.Put($"/pools/{Pool}", new JsonObject { ["name"] = "Office", ["zone"] = zone, ["image"] = "office" }));
        await Asker.Must(asker.Put($"/pools/{Pool}/template", new JsonObject
        {
            ["weekly"] = new JsonArray(new JsonObject
            {
                ["days"] = new JsonArray("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ["fromTime"] = "00:00", ["toTime"] = "24:00", ["seats"] = seats,
            }),
            ["from"] = "2026-03-01",
            ["to"] = "2027-04-30",
        }));
        await Asker.Must(asker.Put($"/exams/{Exam}", new JsonObject
        {
            ["programme"] = "MOS", ["name"] = "Excel", ["minutes"] = 50, ["checkInMinutes"] = 5, ["resetMinutes"] = 5,
            ["pools"] = new JsonArray(Pool), ["modes"] = new JsonArray("lab", "online"),
        }));
    }
}
