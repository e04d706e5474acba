using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What an opening shows after its plan was applied (R16). Before, nothing reads the seed.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="AppliedAt">When the run of the plan had ended.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Order">The requests of the plan in the order of their lots.</param>
public sealed record OpeningOutcome(PlanId Plan, Instant AppliedAt, string Seed, ImmutableArray<RequestId> Order)
{
    /// <summary>The outcome of a season's opening; null as long as no plan for the whole opening was applied.</summary>
    public static async Task<OpeningOutcome?> Read(LedgerReader read, Season season, CancellationToken cancellation)
    {
        if (season.SeedHash is not { } hash || await read.OpeningPlan(hash, cancellation) is not { } plan
            || await read.PrivateRow(PrivateKind.OpeningSeed, hash, cancellation) is not { Body: var seed })
            return null;
        var order = await read.PlanFile(plan.Id, PlanFileKind.Lots, cancellation) is { } file ? LotsText.Read(file) : [];
        return new(plan.Id, plan.EndedAt ?? plan.MadeAt, seed, order);
    }
}
