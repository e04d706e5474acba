namespace Scheduler.Domain;

/// <summary>Why a plan failed. The ledger stores the codes: add codes, but never rename or remove one.</summary>
/// <param name="Code">The code.</param>
/// <param name="Detail">A number or a text of the solver that says more; null when the code says all.</param>
public sealed record PlanCause(string Code, string? Detail = null)
{
    /// <summary>The solver reached its memory limit.</summary>
    public const string MemoryLimit = "memory_limit";

    /// <summary>The requests of the scope have more than <see cref="Limits.PlanCandidates"/> starts.</summary>
    public const string TooLarge = "too_large";

    /// <summary>A signal ended the solver, such as that of the kernel when the machine's memory ran out. The detail is the number of the signal.</summary>
    public const string Signal = "signal";

    /// <summary>The solver gave up. The detail is its exit code, with the last line of its messages.</summary>
    public const string Exit = "exit";

    /// <summary>The solver did not end in time, and was ended.</summary>
    public const string Overdue = "overdue";

    /// <summary>The solver could not be started.</summary>
    public const string NotStarted = "not_started";

    /// <summary>The plan did not pass the checker, or could not be read. The detail is the first fault.</summary>
    public const string WrongPlan = "wrong_plan";

    /// <summary>The process that ran the plan has ended.</summary>
    public const string ProcessEnded = "process_ended";

    /// <summary>The ledger could not be reached for too long while the plan ran.</summary>
    public const string LedgerUnreachable = "ledger_unreachable";

    /// <summary>The silo has a fault. The log has more.</summary>
    public const string Internal = "internal";

    /// <summary>The cause that a text of <see cref="ToString"/> names.</summary>
    public static PlanCause Parse(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? new(text[..space], text[(space + 1)..]) : new(text);

    /// <summary>The code, and the detail after a space.</summary>
    public override string ToString() => Detail is null ? Code : $"{Code} {Detail}";
}
