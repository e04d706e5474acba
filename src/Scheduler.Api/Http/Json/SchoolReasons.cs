using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The reasons that a school is told. The record of a change that a plan made names the plan, which only operators may read; a school is told in words what
/// the plan did.
/// </summary>
internal static class SchoolReasons
{
    private static readonly string _plan = $"{SubjectKinds.Word(SubjectKind.Plan)}/";

    /// <summary>The reason of a change, in words.</summary>
    public static string? Of(AuditRow row) => !IsPlan(row.Why) ? row.Why
        : row.Kind == ChangeKind.RequestPlaced ? "A plan gave the request this start."
        : Moved;

    /// <summary>The reason of an operator's act, in words.</summary>
    public static string? Of(string? reason) => IsPlan(reason) ? Moved : reason;

    /// <summary>Whether a reason is the name of a plan.</summary>
    public static bool IsPlan(string? reason) =>
        reason is not null && reason.StartsWith(_plan, StringComparison.Ordinal) && Guid.TryParseExact(reason.AsSpan(_plan.Length), "D", out _);

    private static string Moved => "A plan moved the booking to serve more candidates.";
}
