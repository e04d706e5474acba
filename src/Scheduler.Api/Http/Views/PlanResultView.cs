using System.ComponentModel;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What a plan proposes.</summary>
internal sealed record PlanResultView
{
    [Description("Candidates that sit somewhere when the plan is applied, of all requests in the scope; those that sit there today included.")]
    public required long ServedSeats { get; init; }

    [Description("Candidates of all requests in the scope.")]
    public required long RequestedSeats { get; init; }

    [Description("The worth of what the plan serves, less displacement and moves.")]
    public required double Value { get; init; }

    [Description("Proven: no plan is worth more.")]
    public required double Bound { get; init; }

    public required double Gap { get; init; }

    [Description("The smallest served ratio of an institution, of demand that could be served at all; 1 when there is none.")]
    public required double WorstInstitutionRatio { get; init; }

    public required double MeanDisplacementHours { get; init; }

    [Description("Whether the time limit cut the run short, so that another run may give another plan.")]
    public required bool CutShort { get; init; }

    [Description("Whether the run ended before it had all receipts, as a what-if does, which looks for none. Only when this is false does a receipt of null "
        + "say that no capacity would serve the request.")]
    public required bool ReceiptsCutShort { get; init; }

    public required IReadOnlyList<PlacementView> Placements { get; init; }

    public required IReadOnlyList<MoveView> Moves { get; init; }

    public required IReadOnlyList<UnservedView> Unserved { get; init; }

    public static PlanResultView Of(PlanResult result, Catalogue catalogue) => new()
    {
        ServedSeats = result.ServedSeats,
        RequestedSeats = result.RequestedSeats,
        Value = result.Value,
        Bound = result.Bound,
        Gap = result.Gap,
        WorstInstitutionRatio = result.WorstInstitutionRatio,
        MeanDisplacementHours = result.MeanDisplacementHours,
        CutShort = result.IsCutShort,
        ReceiptsCutShort = result.AreReceiptsCutShort,
        Placements = [.. result.Placements.Select(one => PlacementView.Of(one, catalogue.ZoneOf(one.Institution)))],
        Moves = [.. result.Moves.Select(one => MoveView.Of(one, catalogue.ZoneOf(one.Institution)))],
        Unserved = [.. result.Unserved.Select(one => UnservedView.Of(one, catalogue.ZoneOf(one.Institution)))],
    };
}
