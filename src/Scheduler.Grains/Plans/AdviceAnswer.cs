using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The answer to a question about plans or capacity: a closed list.</summary>
public abstract record AdviceAnswer
{
    private AdviceAnswer()
    {
    }

    /// <summary>What capacity would help.</summary>
    /// <param name="Advice">The advice.</param>
    public sealed record Advised(CapacityAdvice Advice) : AdviceAnswer;

    /// <summary>A comparison of a plan.</summary>
    /// <param name="Comparison">The comparison.</param>
    public sealed record Compared(ComparedPlan Comparison) : AdviceAnswer;

    /// <summary>A what-if.</summary>
    /// <param name="Before">The plan for the season as it is.</param>
    /// <param name="After">The plan with the changes.</param>
    public sealed record Tried(PlanResult Before, PlanResult After) : AdviceAnswer;

    /// <summary>As many questions are being answered as may be at once.</summary>
    public sealed record Busy : AdviceAnswer;

    /// <summary>The solver's process gave no answer.</summary>
    /// <param name="Cause">Why.</param>
    public sealed record Failed(PlanCause Cause) : AdviceAnswer;
}
