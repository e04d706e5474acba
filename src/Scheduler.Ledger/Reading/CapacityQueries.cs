using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads what a pool's capacity was before advice was followed.</summary>
internal static class CapacityQueries
{
    // Whoever undoes a change means the newest. Only a change at the very same time could stand before it.
    private const int Newest = 20;

    /// <summary>
    /// The capacity before the change that raised it, as advised, to this version; null when another change made the version, or none.
    /// </summary>
    public static PoolCapacity? BeforeRaise(ReadSession session, PoolId pool, int version) => session.Query(
        $"select {RowReader.AuditColumns} from changes c where c.subject = @subject and c.kind = @kind order by c.at desc limit {Newest}", RowReader.Audit,
        ("subject", pool.Text), ("kind", ChangeKinds.Text(ChangeKind.ExceptionsRaised)))
        .Where(row => row.After is ExceptionsSnapshot after && after.Version == version)
        .Select(row => row.Before is EntrySnapshot { Entry: CapacityEntry before } ? before.Capacity : null)
        .FirstOrDefault();
}
