using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads how an entry of the catalogue came to be as it is. The history of the catalogue finds the changes by the key of the entry.</summary>
internal static class EntryQueries
{
    /// <summary>The last changes of an entry, the newest first.</summary>
    public static List<AuditRow> Changes(ReadSession session, Dialect dialect, CatalogueEntry entry, int limit)
    {
        var (kind, id) = CatalogueText.Key(entry);
        var sameCommitter = dialect.IsPostgres ? "c.committer = h.committer and " : "";
        return session.Query(
            $"""
            select {RowReader.AuditColumns} from catalogue_history h join changes c on {sameCommitter}c.sequence = h.sequence
            where h.kind = @kind and h.id = @id order by h.version desc limit @limit
            """,
            RowReader.Audit, ("kind", kind), ("id", id), ("limit", limit));
    }
}
