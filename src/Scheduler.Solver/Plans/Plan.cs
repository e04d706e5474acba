using System.Text.Json.Serialization;

namespace Scheduler.Solver;

/// <summary>The plan for an instance, file format <c>exam-slot-plan/1</c>. Two runs with the same input, seed and options give the same plan, except for the
/// seconds of its stages.</summary>
public sealed record Plan
{
    /// <summary>The format word of the file form.</summary>
    public const string FormatWord = "exam-slot-plan/1";

    /// <summary>Always <see cref="FormatWord"/>.</summary>
    public string Format { get; init; } = FormatWord;

    /// <summary>Name of the instance.</summary>
    public required string Instance { get; init; }

    /// <summary>Seed of the run.</summary>
    public required long Seed { get; init; }

    /// <summary>The served requests, fixed ones included; several rows only for a split request.</summary>
    public required IReadOnlyList<Assignment> Assignments { get; init; }

    /// <summary>The requests that are not served in full, with the reason.</summary>
    public required IReadOnlyList<Unserved> Unserved { get; init; }

    /// <summary>Value, bound and counts.</summary>
    public required PlanObjective Objective { get; init; }

    /// <summary>Slots and limits that current assignments overfill.</summary>
    public required IReadOnlyList<Shortfall> Shortfall { get; init; }

    /// <summary>Why the solver stopped.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>The estimated value of one more seat per slot; only prices above 0.</summary>
    public required IReadOnlyList<ShadowPrice> ShadowPrices { get; init; }

    /// <summary>All prices, those of limits included, for a warm start in memory; null for a plan that was read from a file.</summary>
    internal Multipliers? Multipliers { get; init; }

    /// <summary>The stages in the order they ran.</summary>
    public required IReadOnlyList<StageReport> Stages { get; init; }

    /// <summary>Why plans of later stages were dropped, one sentence for each stage; empty unless the solver has a fault. No member of the file.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> CheckerFaults { get; init; } = [];
}
