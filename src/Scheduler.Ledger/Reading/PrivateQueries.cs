using System.Data.Common;

namespace Scheduler.Ledger;

/// <summary>Reads private rows.</summary>
internal static class PrivateQueries
{
    public static List<PrivateRow> All(ReadSession session, PrivateKind kind) => session.Query(
        "select id, version, body from private_rows where kind = @kind order by id", row => Row(kind, row), ("kind", PrivateStatements.Word(kind)));

    public static PrivateRow? One(ReadSession session, PrivateKind kind, string id) => session.Query(
        "select id, version, body from private_rows where kind = @kind and id = @id", row => Row(kind, row),
        ("kind", PrivateStatements.Word(kind)), ("id", id)).FirstOrDefault();

    private static PrivateRow Row(PrivateKind kind, DbDataReader row) => new(kind, row.GetString(0), row.GetInt32(1), row.GetString(2));
}
