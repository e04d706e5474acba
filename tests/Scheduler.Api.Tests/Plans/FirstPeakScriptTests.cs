using System.Diagnostics;

namespace Scheduler.Tests;

/// <summary>docs/first-peak.sh, run on a small season with the names of the demonstration: every call of the script works.</summary>
public sealed class FirstPeakScriptTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_script_goes_from_the_queue_to_an_applied_plan()
    {
        Assert.SkipUnless(await Has("curl") && await Has("jq"), "curl or jq is not installed");
        await using var api = await TestApi.Open(furnish: false);
        await SmallPool.Everything(api.Operator);
        await SmallPool.School(api.Operator, "hazelbrook", null);
        (await api.Operator.Put("/seasons/first-peak", Json.Of(
            ("name", "finals"), ("from", "2026-05-04"), ("to", "2026-05-08"), ("leadTimeDays", 21), ("fairShare", 0.5m)))).Must(200);
        // Each hour has 20 seats, and each of three requests asks for 15 in the same hour.
        for (var i = 0; i < 3; i++)
        {
            var window = new { from = "2026-05-05", to = "2026-05-05", days = (string[]?)null, fromTime = "09:00", toTime = "10:00" };
            (await api.Operator.Post("/institutions/hazelbrook/requests", Json.Of(
                ("exam", "e"), ("pool", "p"), ("seats", 15), ("mode", "lab"), ("preferredStart", "2026-05-05T09:00:00Z"), ("windows", new[] { window }))))
                .Must(201);
        }

        var (code, said) = await Run("sh", [Path.Combine(Root(), "docs", "first-peak.sh"), api.Url]);
        code.ShouldBe(0, said);
        said.ShouldContain("{\"reason\":\"outbid\",\"requests\":2,\"seats\":30}");
        said.ShouldContain("\"receipt\":{\"where\":[{\"pool\":\"p\",\"from\":\"2026-05-05T09:00:00Z\",\"to\":\"2026-05-05T10:00:00Z\",\"add\":10}]");
        said.ShouldContain("{\"servedBefore\":15,\"servedSeats\":30,\"gained\":1,\"lost\":0}");
        said.Split("{\"applied\":1,\"stale\":0}").Length.ShouldBe(3);
        said.ShouldContain("\"status\":\"confirmed\"");
    }

    private static async Task<bool> Has(string program) => (await Run("sh", ["-c", $"command -v {program}"])).Code == 0;

    private static async Task<(int Code, string Said)> Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KEY"] = TestApi.OperatorKey;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Token);
        var said = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        return (process.ExitCode, said + await errors);
    }

    private static string Root()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Scheduler.sln")))
            root = Path.GetDirectoryName(root)!;
        return root;
    }
}
