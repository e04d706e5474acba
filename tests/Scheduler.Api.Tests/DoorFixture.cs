using System.Net;
using System.Text;
using System.Text.Json;
using NodaTime;
using Scheduler.Api;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>The real door on a free port of this machine, a ledger in a folder of its own, and the rules' clock in the test's hand.</summary>
public sealed class DoorFixture : IAsyncLifetime
{
    public const string OperatorKey = "sk_operator_of_the_tests_0123456789";
    public static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 12, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-door-").FullName;
    private ServeHost _host = null!;

    public TestClock Clock { get; } = new(Start);

    public Client Operator { get; private set; } = null!;

    internal SeatLedger Ledger => (SeatLedger)_host.Services.GetService(typeof(SeatLedger))!;

    public string Url { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var faults = new List<string>();
        string[] args =
        [
            "--urls", "http://127.0.0.1:0", $"--Scheduler:DataDirectory={_folder}", $"--Scheduler:Bootstrap:OperatorKey={OperatorKey}",
        ];
        var plan = ServeHost.Prepare(args, faults, Clock) ?? throw new InvalidOperationException(string.Join("; ", faults));
        _host = await ServeHost.Open(plan);
        await _host.Start();
        Url = _host.Urls.First();
        Operator = As(OperatorKey);
        await Furnish.Everything(Operator);
    }

    /// <summary>A caller with this key; null for nobody.</summary>
    public Client As(string? key) => new(Url, key);

    /// <summary>A caller with a fresh key of this role.</summary>
    public async Task<Client> NewCaller(string role, string? institution)
    {
        var made = await Operator.Post("/api-keys", Json.Of(("role", role), ("institution", institution), ("name", $"{role} of {institution}")));
        return As(made.Must(201).Text("key"));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>One caller over HTTP.</summary>
public sealed class Client(string url, string? key)
{
    private static readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 256 });

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Reply> Delete(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Delete, path, null, headers);

    public Task<Reply> Post(string path, string? body, params (string Name, string Value)[] headers) => Send(HttpMethod.Post, path, Bytes(body), headers);

    public Task<Reply> Put(string path, string? body, params (string Name, string Value)[] headers) => Send(HttpMethod.Put, path, Bytes(body), headers);

    /// <summary>Makes a call again for as long as it is told to come back, each time after as long as it was told (429 and 503 must say so).</summary>
    public async Task<Reply> Patiently(Func<Task<Reply>> call)
    {
        while (true)
        {
            var reply = await call();
            if (reply.Code is not (429 or 503))
                return reply;
            var seconds = int.Parse(reply.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture);
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async Task<Reply> Send(HttpMethod method, string path, byte[]? body, params (string Name, string Value)[] headers)
    {
        var root = path.StartsWith("/health", StringComparison.Ordinal) || path.StartsWith("/openapi", StringComparison.Ordinal) || path == "/" ? "" : "/api/v1";
        using var request = new HttpRequestMessage(method, url + root + path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", headers.FirstOrDefault(header => header.Name == "Content-Type").Value ?? "application/json");
        }

        foreach (var (name, value) in headers.Where(header => header.Name != "Content-Type"))
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, all, bytes);
    }

    private static byte[]? Bytes(string? body) => body is null ? null : Encoding.UTF8.GetBytes(body);
}

/// <summary>What came back.</summary>
public sealed record Reply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public int Code => (int)Status;

    public string Raw => Encoding.UTF8.GetString(Body);

    public JsonElement Root
    {
        get
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
    }

    public string? Problem => Code >= 400 ? Text("code") : null;

    public string Text(string member) => Root.GetProperty(member).GetString()!;

    public int Number(string member) => Root.GetProperty(member).GetInt32();

    public Reply Must(int status)
    {
        Code.ShouldBe(status, Raw);
        return this;
    }

    public Reply MustRefuse(int status, string code)
    {
        Code.ShouldBe(status, Raw);
        Problem.ShouldBe(code, Raw);
        Headers["Content-Type"].ShouldStartWith("application/problem+json");
        Number("status").ShouldBe(status);
        Text("title").ShouldNotBeNullOrWhiteSpace();
        return this;
    }
}

/// <summary>JSON objects in one line.</summary>
public static class Json
{
    public static string Of(params (string Name, object? Value)[] members) => JsonSerializer.Serialize(members.ToDictionary(member => member.Name, member => member.Value));

    public static string Text(Instant instant) => NodaTime.Text.InstantPattern.ExtendedIso.Format(instant);
}

/// <summary>A pool "p" (UTC, 20 seats at all hours to July), exams "e" (one slot) and "long" (two), and schools a, b, of board "m", and stranger "x".</summary>
public static class Furnish
{
    public static async Task Everything(Client caller)
    {
        await Pool(caller, "p", "Etc/UTC", 20);
        await Exam(caller, "e", 50);
        await Exam(caller, "long", 110);
        await School(caller, "m", null);
        await School(caller, "a", "m");
        await School(caller, "b", "m");
        await School(caller, "x", null);
    }

    public static async Task Pool(Client caller, string id, string zone, int seats)
    {
        (await caller.Put($"/pools/{id}", Json.Of(("name", id), ("zone", zone), ("image", "office")))).Must(200);
        var row = new { days = new[] { "mon", "tue", "wed", "thu", "fri", "sat", "sun" }, fromTime = "00:00", toTime = "24:00", seats };
        (await caller.Put($"/pools/{id}/template", Json.Of(("weekly", new[] { row }), ("from", "2026-03-01"), ("to", "2026-07-31")))).Must(200);
    }

    public static async Task Exam(Client caller, string id, int minutes, params string[] pools) => (await caller.Put(
        $"/exams/{id}",
        Json.Of(
            ("programme", "MOS"), ("name", id), ("minutes", minutes), ("checkInMinutes", 5), ("resetMinutes", 5), ("pools", pools.Length > 0 ? pools : ["p"]), ("modes", new[] { "lab", "online" }))))
        .Must(200);

    public static async Task School(Client caller, string id, string? board, string zone = "Etc/UTC", int vouchers = 5000)
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
