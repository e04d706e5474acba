using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A request that a plan does not serve in full.</summary>
internal sealed record UnservedView
{
    public required Guid Request { get; init; }

    public required InstitutionId Institution { get; init; }

    [Description("Candidates that are not served.")]
    public required int Seats { get; init; }

    [OneOf("no_candidates", "too_big", "full", "limit", "outbid", "not_worth_it", "vouchers_short", "not_ready", "below_min_group")]
    public required string Reason { get; init; }

    [Description("Where seats were missing, nearest to the preferred start first.")]
    public required IReadOnlyList<PlanBlockView> BlockedBy { get; init; }

    [Description("What would serve the request in full; null when no capacity would, and when the run had no time left to find out.")]
    public required PlanReceiptView? Receipt { get; init; }

    [Description("How many vouchers the institution lacks for the request; null when the vouchers suffice.")]
    public required int? VouchersShort { get; init; }

    public static UnservedView Of(UnservedRequest unserved, DateTimeZone zone) => new()
    {
        Request = unserved.Request.Value,
        Institution = unserved.Institution,
        Seats = unserved.Seats,
        Reason = unserved.Reason,
        BlockedBy = [.. unserved.BlockedBy.Select(block => PlanBlockView.Of(block, zone))],
        Receipt = unserved.Receipt is { } receipt ? PlanReceiptView.Of(receipt) : null,
        VouchersShort = unserved.VouchersShort,
    };
}
