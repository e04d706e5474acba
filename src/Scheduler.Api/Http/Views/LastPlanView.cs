using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What the last plan with the request in its scope says about the request, which it did not serve in full.</summary>
internal sealed record LastPlanView
{
    public required Guid Plan { get; init; }

    [Description("When the plan read the season.")]
    public required Instant At { get; init; }

    [Description("A reason of the plan file, such as full or outbid, or the code of a refusal, such as vouchers_short.")]
    public required string Reason { get; init; }

    [Description("Where seats were missing, the nearest to the preferred start first.")]
    public required ImmutableArray<PlanBlockView> BlockedBy { get; init; }

    [Description("What would serve the request in full; null when no capacity would, and when the run had no time left to find out.")]
    public required PlanReceiptView? Receipt { get; init; }

    [Description("How many vouchers the institution lacks for the request; null when the vouchers suffice.")]
    public required int? VouchersShort { get; init; }

    public static LastPlanView Of(PlanReason reason, DateTimeZone zone) => new()
    {
        Plan = reason.Plan.Value,
        At = reason.At,
        Reason = reason.Reason,
        BlockedBy = ImmutableArray.CreateRange(reason.Blocked.Select(block => PlanBlockView.Of(block, zone))),
        Receipt = reason.Receipt is { } receipt ? PlanReceiptView.Of(receipt) : null,
        VouchersShort = reason.VouchersShort,
    };
}
