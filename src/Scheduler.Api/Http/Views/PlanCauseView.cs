using System.ComponentModel;
using System.Globalization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Why a plan failed.</summary>
internal sealed record PlanCauseView
{
    public required string Code { get; init; }

    [Description("What the code means.")]
    public required string Detail { get; init; }

    public static PlanCauseView Of(PlanCause cause) => new() { Code = cause.Code, Detail = Text(cause) };

    private static string Text(PlanCause cause) => cause.Code switch
    {
        PlanCause.MemoryLimit => "The solver reached its memory limit. Choose a smaller scope, or raise the limit.",
        PlanCause.TooLarge => string.Create(
            CultureInfo.InvariantCulture, $"The requests in scope have more than {Limits.PlanCandidates:N0} possible starts. Choose fewer pools or days."),
        PlanCause.Signal => $"The signal {cause.Detail} ended the solver. Signal 9 often means that the memory of the machine ran out.",
        PlanCause.Exit => $"The solver gave up, with the exit code and the message: {cause.Detail}",
        PlanCause.Overdue => "The solver did not end in time, and was ended.",
        PlanCause.NotStarted => "The solver could not be started. The log of the server says why.",
        PlanCause.WrongPlan => $"The solver's plan did not pass the check, and is not shown. {cause.Detail}".TrimEnd(),
        PlanCause.ProcessEnded => "The process that ran the plan has ended. Ask for the plan again.",
        PlanCause.LedgerUnreachable => "The database could not be reached for too long while the plan ran. Ask for the plan again.",
        _ => "The server has a fault. The log of the server says more.",
    };
}
