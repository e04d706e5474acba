using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>The season of one plan, as of one moment of the ledger.</summary>
/// <param name="Instance">The instance.</param>
internal sealed record PlanSeason(Instance Instance)
{
    /// <summary>Reads the season of a scope.</summary>
    public static Task<PlanSeason> Read(SeatLedger ledger, PlanScope scope, Instant now, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var pools = scope.Pools.Select(pool => new Solver.Pool(pool.Text, Slots(ledger, pool, scope, now)));
        return Task.FromResult(new PlanSeason(new Instance { SlotMinutes = SlotHour.LengthMinutes, Pools = [.. pools], Institutions = [], Requests = [] }));
    }

    /// <summary>The rows of a plan that passed the checker.</summary>
    public static ImmutableArray<RowWrite> Finish(PlanId plan, Plan solved) =>
        [new RowWrite.PlanFile(plan, PlanFileKind.Entries, PlanEntriesText.Write([]))];

    private static List<PoolSlot> Slots(SeatLedger ledger, PoolId pool, PlanScope scope, Instant now)
    {
        var slots = new List<PoolSlot>();
        for (var start = scope.From; start < scope.To; start += Duration.FromMinutes(SlotHour.LengthMinutes))
            slots.Add(new(start, Math.Max(0, ledger.Picture.Look(new(pool, SlotMinutes.Of(start)), now).Capacity)));
        return slots;
    }
}
