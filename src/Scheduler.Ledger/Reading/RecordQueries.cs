using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads the audit (R15), the outbox (R13) and the queued requests.</summary>
internal static class RecordQueries
{
    public static Page<AuditRow>? Audit(ReadSession session, Dialect dialect, AuditQuery query)
    {
        if (!Cursor.TryParse(query.Cursor, out long after))
            return null;
        var ofTrail = query.Institutions is not null;
        var place = dialect.Position(ofTrail ? "t" : "c");
        var text = ofTrail
            ? $"""
              select {RowReader.AuditColumns}, {place} from trail t join changes c on c.committer = t.committer and c.sequence = t.sequence
              where {dialect.In("t.institution", "institutions")} and (t.flags & 2) = 0 and {place} > @after
              """
            : $"select {RowReader.AuditColumns}, {place} from changes c where {place} > @after";
        List<(string, object)> parameters = [("after", after), ("limit", query.Limit + 1)];
        if (query.Institutions is { } institutions)
            parameters.Add(("institutions", dialect.Set(institutions.Select(id => id.Text))));
        if (query.Subject is { } subject)
        {
            text += $" and c.subject = @subject and ({SubjectKinds.Condition("c.kind", subject.Kind)})";
            parameters.Add(("subject", subject.Id));
        }

        var at = ofTrail ? "t.at" : "c.at";
        if (query.From is { } from)
        {
            text += $" and {at} >= @from";
            parameters.Add(("from", RowText.Ticks(from)));
        }

        if (query.To is { } to)
        {
            text += $" and {at} < @to";
            parameters.Add(("to", RowText.Ticks(to)));
        }

        text += $" order by {place} limit @limit";
        return PagedQuery.Read(session, text, RowReader.Audit, row => Cursor.Of(row.GetInt64(10)), query.Limit, parameters);
    }

    public static Page<AuditRow>? Notices(ReadSession session, InstitutionId institution, string? cursor, int limit)
    {
        if (!Cursor.TryParse(cursor, out long after))
            return null;
        var rows = session.Query(
            $"""
            select {RowReader.AuditColumns}, t.entry from trail t join changes c on c.committer = t.committer and c.sequence = t.sequence
            where t.institution = @institution and t.entry > @after and (t.flags & 1) = 1 and (t.flags & 2) = 0 order by t.entry limit @limit
            """,
            row => (Row: RowReader.Audit(row), Entry: row.GetInt64(10)), ("institution", institution.Text), ("after", after), ("limit", limit));
        return new([.. rows.Select(row => row.Row)], rows.Count == 0 ? cursor : Cursor.Of(rows[^1].Entry));
    }

    public static ImmutableArray<Request> QueuedRequests(ReadSession session, PoolId pool, long from, long to) =>
    [
        .. session.Query(
            $"""
            select {RowReader.RequestColumns} from requests where pool = @pool and status = 'queued' and start_minutes >= @from and start_minutes < @to
            order by weight desc, sequence
            """,
            RowReader.Request, ("pool", pool.Text), ("from", from), ("to", to)),
    ];

    public static ImmutableArray<Request> AllQueuedRequests(ReadSession session) =>
        [.. session.Query($"select {RowReader.RequestColumns} from requests where status = 'queued' order by sequence", RowReader.Request)];
}
