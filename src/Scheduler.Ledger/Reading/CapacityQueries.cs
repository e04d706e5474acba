using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads what a pool's capacity was before it changed.</summary>
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

    /// <summary>The change that made this version of a pool's capacity; null when it cannot be found any more.</summary>
    public static AuditRow? ChangeTo(ReadSession session, PoolId pool, int version) => session.Query(
        $"""
        select {RowReader.AuditColumns} from changes c
        where c.subject = @subject and (c.kind like 'exception%' or c.kind = @template) order by c.at desc limit {Newest}
        """,
        RowReader.Audit, ("subject", pool.Text), ("template", ChangeKinds.Text(ChangeKind.TemplatePut)))
        .FirstOrDefault(row => row.Before is EntrySnapshot { Entry: CapacityEntry } before && before.Version == version - 1);
}
