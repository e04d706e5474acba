using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A request that a plan does not serve in full.</summary>
/// <param name="Request">The request.</param>
/// <param name="Institution">The school.</param>
/// <param name="Seats">The candidates that are not served.</param>
/// <param name="Reason">
/// Why: <c>no_candidates</c>, <c>too_big</c>, <c>full</c>, <c>limit</c>, <c>outbid</c>, <c>not_worth_it</c>, <c>vouchers_short</c>,
/// <c>not_ready</c> or <c>below_min_group</c>.
/// </param>
/// <param name="BlockedBy">Where seats were missing, nearest to the preferred start first.</param>
public sealed record UnservedRequest(RequestId Request, InstitutionId Institution, int Seats, string Reason, ImmutableArray<PlanBlock> BlockedBy)
{
    /// <summary>What would serve the request; null when no capacity would, or when the run had no time left to find out.</summary>
    public PlanReceipt? Receipt { get; init; }

    /// <summary>The exam; null in results of an older version.</summary>
    public ExamId? Exam { get; init; }

    /// <summary>How many vouchers the school lacks for the request; null when the vouchers suffice.</summary>
    public int? VouchersShort { get; init; }
}
