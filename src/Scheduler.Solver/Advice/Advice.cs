using System.Text.Json.Serialization;

namespace Scheduler.Solver;

/// <summary>The answers about a plan, file format <c>exam-slot-advice/1</c>. What was not asked is null, and absent from the file.</summary>
public sealed record Advice
{
    /// <summary>The format word of the file.</summary>
    public const string FormatWord = "exam-slot-advice/1";

    /// <summary>Always <see cref="FormatWord"/>.</summary>
    public string Format { get; init; } = FormatWord;

    /// <summary>Name of the instance.</summary>
    public required string Instance { get; init; }

    /// <summary>The figures of the plan that the answers are about.</summary>
    public required PlanObjective Objective { get; init; }

    /// <summary>The plan against today and first come first served.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PlanComparison? Comparison { get; init; }

    /// <summary>What each unserved request lacks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Receipt>? Receipts { get; init; }

    /// <summary>The plan with other capacities.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WhatIfAnswer? WhatIf { get; init; }

    /// <summary>The least capacity that serves all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LeastCapacity? LeastCapacity { get; init; }

    /// <summary>Machine hours against unserved seats; its own range of the least capacity is <see cref="LeastCapacity"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CapacityCurve? Curve { get; init; }

    /// <summary>The shadow prices of the plan, above 0 only.</summary>
    public required IReadOnlyList<ShadowPrice> ShadowPrices { get; init; }

    /// <summary>Whether all work was done; otherwise the time limit or a signal cut it short.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Answers questions about a plan.</summary>
    /// <param name="instance">The instance of the plan.</param>
    /// <param name="plan">A plan that passes the checker.</param>
    /// <param name="questions">The questions.</param>
    /// <param name="budget">How much work to do.</param>
    /// <param name="progress">Receives every step; null for nobody.</param>
    /// <param name="cancel">Ends the work early.</param>
    public static Advice Of(
        Instance instance, Plan plan, AdviceQuestions questions, SolveBudget budget, IProgress<SolveProgress>? progress = null,
        CancellationToken cancel = default) => new AdviceRun(instance, plan, budget, progress, cancel).Run(questions);
}
