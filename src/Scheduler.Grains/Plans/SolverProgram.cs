using System.Collections.Immutable;

namespace Scheduler.Grains;

/// <summary>The program that a solver runs in: a child process of its own, so that neither a crash of native code nor its memory reaches the silo.</summary>
public sealed record SolverProgram
{
    /// <summary>Memory that one solver may take when no setting says otherwise, in megabytes.</summary>
    public const int DefaultMegabytes = 2_048;

    /// <summary>The least memory with which a solver starts, in megabytes.</summary>
    public const int LeastMegabytes = 256;

    /// <summary>Path of the executable.</summary>
    public required string File { get; init; }

    /// <summary>Arguments before the verb, such as the path of the assembly when the executable is the .NET host.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>Memory that one solver may take, in megabytes.</summary>
    public int MemoryMegabytes { get; init; } = DefaultMegabytes;

    /// <summary>Threads of one solver.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>The solvers that this silo runs at once. Further ones wait for their turn.</summary>
    public int AtOnce { get; init; } = 2;
}
