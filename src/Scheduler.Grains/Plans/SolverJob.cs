using System.Collections.Immutable;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>One run of a verb of the solver's program: it reads an instance file and writes one file.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Instance">The instance.</param>
/// <param name="TimeLimitSeconds">Seconds that the process may take.</param>
/// <param name="Seed">Seed of the random numbers.</param>
public sealed record SolverJob(string Verb, Instance Instance, int TimeLimitSeconds, long Seed = SolverJob.UsualSeed)
{
    /// <summary>The seed of a run without lots.</summary>
    public const long UsualSeed = 1;

    /// <summary>More options of the verb.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <summary>The name of a second file that the verb writes beside its answer; null for none.</summary>
    public string? SecondFile { get; init; }

    /// <summary>When cancelled, the process is asked to end with the best that it has found.</summary>
    public CancellationToken Finish { get; init; }

    /// <summary>Further files that the options name by a name without a folder: their names and what is in them.</summary>
    public ImmutableDictionary<string, ReadOnlyMemory<byte>> Files { get; init; } = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;

    /// <summary>The same job, which starts from an earlier plan.</summary>
    /// <param name="plan">The file of the plan.</param>
    public SolverJob From(ReadOnlyMemory<byte> plan)
    {
        const string file = "warm.json";
        return this with { Options = ["--warm", file, .. Options], Files = Files.SetItem(file, plan) };
    }
}
