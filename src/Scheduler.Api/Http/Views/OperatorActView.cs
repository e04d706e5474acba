using System.ComponentModel;
using System.Diagnostics;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What an operator did to a booking.</summary>
internal sealed record OperatorActView
{
    [OneOf("cancelled", "moved", "resized", "shortfall", "overridden")]
    public required string What { get; init; }

    public required Instant At { get; init; }

    [Description("Null when the operator gave no reason. Of a plan that moved the booking: what the plan did, in words.")]
    public required string? Reason { get; init; }

    public static OperatorActView Of(OperatorAct act) => new() { What = Word(act.What), At = act.At, Reason = SchoolReasons.Of(act.Reason) };

    private static string Word(OperatorActKind what) => what switch
    {
        OperatorActKind.Cancelled => "cancelled",
        OperatorActKind.Moved => "moved",
        OperatorActKind.Resized => "resized",
        OperatorActKind.Shortfall => "shortfall",
        OperatorActKind.Overridden => "overridden",
        _ => throw new UnreachableException(),
    };
}
