using System.Collections.Immutable;

namespace Scheduler.Grains;

/// <summary>The program that a solver runs in: a child process of its own, so that neither a crash of native code nor its memory reaches the silo.</summary>
public sealed record SolverProgram
{
    /// <summary>Path of the executable.</summary>
    public required string File { get; init; }

    /// <summary>Arguments before the verb, such as the path of the assembly when the executable is the .NET host.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Memory that one solver may take, in megabytes.</summary>
    public int MemoryMegabytes { get; init; } = 2_048;

    /// <summary>Threads of one solver.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>The solvers that this silo runs at once. Further ones wait for their turn.</summary>
    public int AtOnce { get; init; } = 2;
}
