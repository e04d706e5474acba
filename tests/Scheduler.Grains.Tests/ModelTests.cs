using NodaTime;
using Scheduler.Tests.Model;

namespace Scheduler.Tests;

/// <summary>The whole house agrees step by step with an independent model of the rules, grains thrown away now and then.</summary>
public sealed class ModelTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public Task R01_to_R18_a_long_walk_of_calls_agrees_with_the_model(int seed) => Walk(seed, 1_000);

    [Fact]
    public async Task R01_to_R18_a_walk_that_nobody_has_walked_before_agrees_too()
    {
        var seed = Environment.GetEnvironmentVariable("SCHEDULER_WALK_SEED") is { } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
        var steps = Environment.GetEnvironmentVariable("SCHEDULER_WALK_STEPS") is { } many ? int.Parse(many, System.Globalization.CultureInfo.InvariantCulture) : 500;
        output.WriteLine($"Seed {seed}.");
        await Walk(seed, steps);
    }

    private async Task Walk(int seed, int steps)
    {
        // Five weeks before the clocks go back in North America, so that the walk books across that day.
        await using var house = await House.Open(clock: new(Instant.FromUtc(2026, 9, 24, 12, 0)), furnish: false);
        var walk = new Walk(house, seed);
        await walk.Run(steps);
        output.WriteLine(string.Join('\n', walk.Tally.Select(pair => $"{pair.Key}: {pair.Value}")));
    }
}
