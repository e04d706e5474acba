using System.Globalization;
using NodaTime;
using Scheduler.Tests.Model;

namespace Scheduler.Tests;

/// <summary>A silo agrees step by step with an independent model of the rules. Now and then the idle grains are collected.</summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task R01_to_R18_a_long_walk_of_calls_agrees_with_the_model(int seed) => Walk(seed, 1_000);

    [Fact]
    public async Task R01_to_R18_a_walk_from_a_new_seed_agrees_too()
    {
        var seed = Number("SCHEDULER_WALK_SEED") ?? Random.Shared.Next();
        var steps = Number("SCHEDULER_WALK_STEPS") ?? 500;
        output.WriteLine($"Seed {seed}.");
        await Walk(seed, steps);
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private async Task Walk(int seed, int steps)
    {
        // Five weeks before the clocks go back in North America, so that the walk books across that day.
        await using var silo = await TestSilo.Open(clock: new(Instant.FromUtc(2026, 9, 24, 12, 0)), setUp: false);
        var walk = new Walk(silo, seed);
        await walk.Run(steps);
        output.WriteLine(string.Join('\n', walk.Tally.Select(pair => $"{pair.Key}: {pair.Value}")));
    }
}
