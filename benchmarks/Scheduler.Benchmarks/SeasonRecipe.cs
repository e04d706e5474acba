using Scheduler.Solver;

namespace Scheduler.Benchmarks;

/// <summary>The parameters of a generated instance. The same parameters give the same instance, so instances are not committed.</summary>
internal sealed record SeasonRecipe
{
    public required string Size { get; init; }

    public required int Schools { get; init; }

    public required int Requests { get; init; }

    public required int Weeks { get; init; }

    public required double[] PoolShares { get; init; }

    /// <summary>Demand over capacity of the popular hours.</summary>
    public required double Load { get; init; }

    public required int Seed { get; init; }

    /// <summary>A third of the schools have lab and proctor limits little above their largest request.</summary>
    public bool TightLimits { get; init; }

    /// <summary>One request in fifty is as large as its pool.</summary>
    public bool BigRequests { get; init; }

    /// <summary>Slots of an hour; every other pool begins at half past.</summary>
    public bool TwoGrids { get; init; }

    /// <summary>Every feature at once (<see cref="FullSeason"/>).</summary>
    public bool IsFull { get; init; }

    /// <summary>The instance of this recipe.</summary>
    public Instance Generate() => IsFull ? new FullSeason(this).Generate() : new SeasonGenerator(this).Generate();

    public static SeasonRecipe Of(string size, double load, int seed, string variant = "plain")
    {
        double[] six = [0.40, 0.20, 0.15, 0.10, 0.10, 0.05];
        var recipe = size switch
        {
            "S" => new SeasonRecipe { Size = size, Schools = 50, Requests = 500, Weeks = 1, PoolShares = [0.67, 0.33], Load = load, Seed = seed },
            "M" => new SeasonRecipe { Size = size, Schools = 300, Requests = 5_000, Weeks = 4, PoolShares = six, Load = load, Seed = seed },
            "L" => new SeasonRecipe { Size = size, Schools = 800, Requests = 20_000, Weeks = 5, PoolShares = six, Load = load, Seed = seed },
            "XL" => new SeasonRecipe { Size = size, Schools = 5_000, Requests = 100_000, Weeks = 6, PoolShares = six, Load = load, Seed = seed },
            _ => throw new ArgumentException($"sizes are S, M, L, XL, not {size}", nameof(size)),
        };
        return variant switch
        {
            "plain" => recipe,
            "limits" => recipe with { TightLimits = true },
            "big" => recipe with { BigRequests = true },
            "grids" => recipe with { TwoGrids = true },
            "hard" => recipe with { TightLimits = true, BigRequests = true, TwoGrids = true },
            "full" => recipe with { IsFull = true },
            _ => throw new ArgumentException($"variants are plain, limits, big, grids, hard, full, not {variant}", nameof(variant)),
        };
    }
}
