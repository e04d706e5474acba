using System.Collections.Immutable;
using System.Data.Common;
using System.Runtime.InteropServices;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads plans, their files and their reasons.</summary>
internal static class PlanQueries
{
    public static PlanRow? Plan(ReadSession session, PlanId id) =>
        session.Query($"select {PlanStatements.Columns} from plans where id = @id", Row, ("id", id.ToString())).FirstOrDefault();

    /// <summary>Plans, the newest first: the ids begin with the time at which they were made.</summary>
    public static Page<PlanRow>? Plans(ReadSession session, string? cursor, int limit)
    {
        if (!Cursor.TryParse(cursor, out Guid before))
            return null;
        var text = $"select {PlanStatements.Columns} from plans{(cursor is null ? "" : " where id < @before")} order by id desc limit @limit";
        List<(string, object)> parameters = [("limit", limit + 1)];
        if (cursor is not null)
            parameters.Add(("before", before.ToString()));
        return PagedQuery.Read(session, text, Row, row => Cursor.Of(Guid.Parse(row.GetString(0))), limit, parameters);
    }

    public static ImmutableArray<PlanRow> Running(ReadSession session) =>
        [.. session.Query($"select {PlanStatements.Columns} from plans where status = 'running' order by id", Row)];

    /// <summary>
    /// Plans whose files can go: their run ended before an instant, and a plan that is ready has a range that was over before another instant. The oldest come
    /// first.
    /// </summary>
    public static ImmutableArray<PlanRow> WithOldFiles(ReadSession session, Dialect dialect, Instant endedBefore, Instant overBefore, int limit) =>
    [
        .. session.Query(
            $"""
            select {PlanStatements.Columns} from plans p
            where ended_at < @ended and (status <> 'ready' or {dialect.Member("p.scope", "to")} < @over)
                and exists (select 1 from plan_files f where f.plan = p.id and f.kind <> 'lots')
            order by id limit @limit
            """,
            Row, ("ended", RowText.Ticks(endedBefore)), ("over", FormText.Of(overBefore)), ("limit", limit)),
    ];

    /// <summary>The plan that was applied for a whole opening, by the hash of the opening's seed; null as long as none was.</summary>
    public static PlanRow? Opening(ReadSession session, Dialect dialect, string seedHash) => session.Query(
        $"select {PlanStatements.Columns} from plans p where status = 'applied' and {dialect.Member("p.scope", "seedHash")} = @hash order by id",
        Row, ("hash", seedHash)).Find(plan => plan.Scope.Opening!.IsWhole);

    public static ImmutableArray<byte>? File(ReadSession session, PlanId id, PlanFileKind kind)
    {
        var files = session.Query(
            "select body from plan_files where plan = @plan and kind = @kind", row => row.GetFieldValue<byte[]>(0), ("plan", id.ToString()),
            ("kind", RowText.Of(kind)));
        return files.Count == 0 ? null : ImmutableCollectionsMarshal.AsImmutableArray(files[0]);
    }

    /// <summary>The reasons of the last plans of requests. A plan that was cancelled says nothing any more.</summary>
    public static ImmutableArray<PlanReason> Reasons(ReadSession session, Dialect dialect, IEnumerable<RequestId> requests) =>
    [
        .. session.Query(
            $"""
            select r.request, r.plan, r.at, r.reason, r.blocked from plan_reasons r join plans p on p.id = r.plan
            where {dialect.In("r.request", "requests")} and p.status <> 'cancelled' order by r.request
            """,
            row => PlanReceiptForms.Read(
                new(new(Guid.Parse(row.GetString(0))), new(Guid.Parse(row.GetString(1))), RowText.Instant(row.GetInt64(2)), row.GetString(3), []),
                row.GetString(4)),
            ("requests", dialect.Set(requests.Select(request => request.ToString())))),
    ];

    private static PlanRow Row(DbDataReader row) => new()
    {
        Id = new(Guid.Parse(row.GetString(0))),
        Status = RowText.PlanStatus(row.GetString(1)),
        Scope = PlanForms.ReadScope(row.GetString(2)),
        MadeBy = row.GetString(3),
        MadeAt = RowText.Instant(row.GetInt64(4)),
        EndedAt = row.IsDBNull(5) ? null : RowText.Instant(row.GetInt64(5)),
        Cause = RowReader.Text(row, 6),
        Parts = row.GetInt32(7),
        PartsApplied = row.GetInt32(8),
        Applied = row.GetInt32(9),
        Stale = PlanForms.ReadStale(row.GetString(10)),
        Version = row.GetInt32(11),
        Decided = row.GetString(12),
    };
}
