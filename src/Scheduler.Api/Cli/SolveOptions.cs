namespace Scheduler.Api;

/// <summary>The options of the verb <c>solve</c>.</summary>
internal sealed record SolveOptions
{
    /// <summary>Path of the instance file.</summary>
    public required string Instance { get; init; }

    /// <summary>Path of the plan file.</summary>
    public required string Out { get; init; }

    /// <summary>Seconds for the whole process.</summary>
    public double TimeLimitSeconds { get; init; } = 30;

    /// <summary>Whether the time limit begins when the instance has been read, and not with the process.</summary>
    public bool IsLimitAfterReading { get; init; }

    /// <summary>Seconds of the process that do not count against the time limit.</summary>
    public double UncountedSeconds { get; init; }

    /// <summary>Seconds that are left of the time limit; negative after its end.</summary>
    public double SecondsLeft => TimeLimitSeconds - (ProcessClock.Seconds - UncountedSeconds);

    public int Threads { get; init; } = 2;

    public long Seed { get; init; } = 1;

    /// <summary>Factor for the amount of work; 1 is the normal amount.</summary>
    public double Effort { get; init; } = 1;

    /// <summary>Path of an old plan to start from; null for none.</summary>
    public string? Warm { get; init; }

    /// <summary>Path of the file with what each unserved request lacks; null for none. The verb <c>solve</c> only.</summary>
    public string? Receipts { get; init; }

    /// <summary>The questions of the verb <c>advise</c>; null for the verb <c>solve</c>.</summary>
    public AdviceOptions? Advice { get; init; }

    /// <summary>What standard output shows: <c>auto</c>, <c>json</c> or <c>none</c>.</summary>
    public string Progress { get; init; } = "auto";

    /// <summary>What the process may take from the machine.</summary>
    public ProcessLimits Limits { get; init; }
}
