using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Benchmarks;

/// <summary>The real Api in its own process. The season is put over HTTP: pools, exams, and institutions with an API key each.</summary>
internal sealed class BenchApi : IAsyncDisposable
{
    /// <summary>The hours of the last pool in which one seat is offered, so that a booking of two is refused.</summary>
    public const int FullFirst = 200, FullHours = 6, FullPool = BenchSeason.Pools - 1;

    private const string OperatorKey = "benchmark-operator-key";
    private readonly ChildProcess _process;

    private BenchApi(ChildProcess process, string keys)
    {
        _process = process;
        Keys = keys;
    }

    public ChildProcess Process => _process;

    public int Port => _process.Port;

    /// <summary>The file of API keys for the load generator.</summary>
    public string Keys { get; }

    public static async Task<BenchApi> Start(string folder, string? connection)
    {
        var process = ChildProcess.Api(folder, OperatorKey, connection);
        await process.Ready("/health/ready");
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{process.Port}/api/v1/"), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", OperatorKey);
        await PutSeason(client);
        Directory.CreateDirectory(folder);
        var keys = Path.Combine(folder, "keys.txt");
        await File.WriteAllLinesAsync(keys, await Institutions(client));
        return new(process, keys);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static async Task PutSeason(HttpClient client)
    {
        var (from, to) = (Start(0), Start(BenchSeason.Hours));
        var pools = Enumerable.Range(0, BenchSeason.Pools).Select(number => BenchSeason.Pool(number).Text).ToArray();
        foreach (var pool in pools)
        {
            await Put(client, $"pools/{pool}", new { name = pool, zone = "Etc/UTC", image = "office" });
            await Put(client, $"pools/{pool}/capacity", new { from, to, seats = 100_000 });
        }

        var modes = new[] { "lab", "online" };
        await Put(client, "exams/mos-excel", new { programme = "MOS", name = "Excel", minutes = 50, checkInMinutes = 5, resetMinutes = 5, pools, modes });
        await Put(client, "exams/access-long", new { programme = "MOS", name = "Access", minutes = 110, checkInMinutes = 5, resetMinutes = 5, pools, modes });
        await Put(client, $"pools/{pools[FullPool]}/capacity", new
        {
            from = Start(FullFirst),
            to = Start(FullFirst + FullHours),
            seats = 1,
            force = true,
            reason = "to be full",
        });
    }

    private static string Start(int hour) => SlotMinutes.ToInstant(BenchSeason.FirstMinutes + (60 * hour)).ToString();

    private static async Task<List<string>> Institutions(HttpClient client)
    {
        var keys = new List<string>();
        for (var i = 0; i < BenchSeason.Institutions; i++)
        {
            var id = BenchSeason.Institution(i).Text;
            await Put(client, $"institutions/{id}", new { name = id, zone = "Etc/UTC", labSeats = 100_000, proctors = 100_000, ready = true });
            var key = await Post(client, "api-keys", new { role = "instructor", institution = id, name = id });
            keys.Add($"{id} {key.GetProperty("key").GetString()}");
        }

        return keys;
    }

    private static async Task Put(HttpClient client, string path, object body)
    {
        using var answer = await client.PutAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"PUT {path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private static async Task<JsonElement> Post(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"POST {path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
