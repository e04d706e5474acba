using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Removes the files of plans whose run ended long ago. The row of a plan, its part of the record and the reasons of its requests stay. A plan that was never
/// applied keeps its files until its range is over; then nothing of it could be applied any more, and it is cancelled.
/// </summary>
internal sealed class OldPlanFiles(SeatLedger ledger, IClock clock, ILogger log)
{
    private const int AtOnce = 100;

    /// <summary>Removes what is due. Returns false when the ledger could not write some of it.</summary>
    public async Task<bool> Run()
    {
        var now = clock.GetCurrentInstant();
        var isDone = true;
        var plans = await ledger.Read.PlansWithOldFiles(
            now - Duration.FromDays(Limits.PlanFileDays), now - Duration.FromHours(Limits.BlockSlots), AtOnce, CancellationToken.None);
        foreach (var plan in plans)
        {
            isDone &= plan.Status == PlanStatus.Ready
                ? await Remove(plan, plan with { Status = PlanStatus.Cancelled, Version = plan.Version + 1 }, ChangeKind.PlanCancelled, now)
                : await Remove(plan, plan, ChangeKind.PlanFilesRemoved, now);
        }

        return isDone;
    }

    private async Task<bool> Remove(PlanRow plan, PlanRow after, ChangeKind kind, Instant now)
    {
        ImmutableArray<RowWrite> rows = [.. after == plan ? Array.Empty<RowWrite>() : [new RowWrite.PlanPut(after)], new RowWrite.PlanFilesRemoved(plan.Id)];
        var change = new Change
        {
            Record = new()
            {
                At = now, Who = Records.Clock.Id, Kind = kind, Subject = plan.Id.ToString(), Before = new PlanSnapshot(plan), After = new PlanSnapshot(after),
            },
            Rows = rows,
        };
        if (await ledger.Commit(change, CancellationToken.None) is var outcome and not CommitOutcome.Committed)
        {
            log.LogWarning("The files of plan {Plan} could not be removed; the clockwork tries again later: {Outcome}", plan.Id, outcome);
            return false;
        }

        return true;
    }
}
