using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What the last plan with a request in its scope says about the request, which it did not serve in full.</summary>
/// <param name="Request">The request.</param>
/// <param name="Plan">The plan.</param>
/// <param name="At">When the plan read the season.</param>
/// <param name="Reason">The reason, a word of the plan file or the code of a refusal.</param>
/// <param name="Blocked">Where seats were missing, nearest to the preferred start first.</param>
public sealed record PlanReason(RequestId Request, PlanId Plan, Instant At, string Reason, ImmutableArray<PlanBlock> Blocked)
{
    /// <summary>What would serve the request; null when no capacity would, or when the run had no time left to find out.</summary>
    public PlanReceipt? Receipt { get; init; }

    /// <summary>How many vouchers the school lacks for the request; null when the vouchers suffice.</summary>
    public int? VouchersShort { get; init; }
}
