using System.Data.Common;

namespace Scheduler.Ledger;

/// <summary>Reads a list page by page. The query reads one row more than the page has, to see whether another page follows.</summary>
internal static class PagedQuery
{
    public static Page<T> Read<T>(
        ReadSession session, string text, Func<DbDataReader, T> map, Func<DbDataReader, string> cursor, int limit, List<(string Name, object Value)> parameters)
    {
        var rows = session.Query(text, row => (Value: map(row), Cursor: cursor(row)), [.. parameters]);
        var isLast = rows.Count <= limit;
        if (!isLast)
            rows.RemoveRange(limit, rows.Count - limit);
        return new([.. rows.Select(row => row.Value)], isLast || rows.Count == 0 ? null : rows[^1].Cursor);
    }
}
