using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Hands the refused sittings of this silo over to the ledger, in batches: once a minute, and when the silo stops. A silo that is killed loses those of the
/// last minute. What the ledger does not take now is noted again.
/// </summary>
internal sealed class RefusalHandOver(RefusedDemand demand, SeatLedger ledger, CatalogueCopy catalogue, IClock clock, ILogger<RefusalHandOver> log)
{
    /// <summary>Hands over what was noted.</summary>
    public async Task Run()
    {
        var (wishes, leftOut) = demand.Take();
        if (leftOut > 0)
            log.LogWarning("{Count} refused sittings are not in the demand: more than {Most} came between two hand-overs.", leftOut, Limits.RefusedSittings);
        foreach (var pool in wishes.GroupBy(wish => wish.Wish.Pool))
        {
            foreach (var part in pool.Chunk(Limits.RefusedSittingsAtOnce))
                await Write(pool.Key, part);
        }
    }

    private async Task Write(PoolId pool, RefusedWish[] wishes)
    {
        var now = clock.GetCurrentInstant();
        ImmutableArray<RefusedSitting> sittings = [.. wishes.Select(Sitting).OfType<RefusedSitting>()];
        if (sittings.IsEmpty)
            return;
        var outcome = await ledger.Commit(
            new()
            {
                Record = new() { At = now, Who = Records.Clock.Id, Kind = ChangeKind.PoolRefusalsCounted, Subject = pool.Text },
                Rows = [new RowWrite.SittingsRefused(pool, sittings, now - Duration.FromDays(Limits.RefusedSittingDays))],
            },
            CancellationToken.None);
        if (outcome is CommitOutcome.Committed)
            return;
        log.LogWarning("{Count} refused sittings could not be written; they are handed over again in a minute: {Outcome}", sittings.Length, outcome);
        foreach (var wish in wishes)
            demand.Note(wish);
    }

    /// <summary>The sitting of a wish; null when the exam has gone since.</summary>
    private RefusedSitting? Sitting(RefusedWish refused)
    {
        var wish = refused.Wish;
        return catalogue.Current.Exams.TryGetValue(wish.Exam, out var exam)
            ? new(
                refused.Institution.Id, wish.Exam, LeadTime.Day(wish.Start, refused.Institution.Zone), wish.Pool, wish.Start,
                BlockLength.Profile(ExamTerms.Of(exam.Value), wish.Seats, wish.Accommodations), refused.At)
            : null;
    }
}
