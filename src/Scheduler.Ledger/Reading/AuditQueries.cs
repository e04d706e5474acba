using System.Text;

namespace Scheduler.Ledger;

/// <summary>
/// Reads the audit (R15). The inner query finds the changes of a page by narrow indexes alone, so that a rare kind or author is found among a million changes
/// without reading their rows; the outer query reads the rows of the page.
/// </summary>
internal static class AuditQueries
{
    public static Page<AuditRow>? Read(ReadSession session, Dialect dialect, AuditQuery query)
    {
        if (!Cursor.TryParse(query.Cursor, out long after))
            return null;
        if (query.Cursor is null && query.IsNewestFirst)
            after = long.MaxValue;
        List<(string, object)> parameters = [("after", after), ("limit", query.Limit + 1)];
        var direction = query.IsNewestFirst ? "desc" : "asc";
        var text = $"""
            select {RowReader.AuditColumns}, p.place, c.forced from (
                {(query.Institutions is null ? OfAll(dialect, query, parameters) : OfInstitutions(dialect, query, parameters))}
                order by place {direction} limit @limit) p
            join changes c on c.committer = p.committer and c.sequence = p.sequence
            order by p.place {direction}
            """;
        return PagedQuery.Read(
            session, text, row => RowReader.Audit(row) with { IsForced = row.GetInt32(11) != 0 }, row => Cursor.Of(row.GetInt64(10)), query.Limit, parameters);
    }

    private static string OfAll(Dialect dialect, AuditQuery query, List<(string, object)> parameters)
    {
        var place = dialect.Position("c");
        var text = new StringBuilder(
            $"select c.committer, c.sequence, {place} as place from changes c{Index(dialect, query)} where {place} {Beyond(query)} @after");
        AddOfChange(text, dialect, query, parameters);
        AddTimes(text, "c.at", query, parameters);
        return text.ToString();
    }

    private static string OfInstitutions(Dialect dialect, AuditQuery query, List<(string, object)> parameters)
    {
        var place = dialect.Position("t");
        parameters.Add(("institutions", dialect.Set(query.Institutions!.Select(id => id.Text))));
        var needsChange = query.Subject is not null || query.SubjectIds is not null || query.Who is not null || query.Kinds is not null || query.OnlyForced
            || query.HidesRefusalCounts;
        var join = needsChange ? " join changes c on c.committer = t.committer and c.sequence = t.sequence" : "";
        var text = new StringBuilder(
            $"""
            select t.committer, t.sequence, {place} as place from trail t{join}
            where {dialect.In("t.institution", "institutions")} and (t.flags & 10) = 0 and {place} {Beyond(query)} @after
            """);
        if (query.OnlyBookings)
            text.Append(" and t.booking is not null");
        AddOfChange(text, dialect, query, parameters);
        AddTimes(text, "t.at", query, parameters);
        return text.ToString();
    }

    private static void AddOfChange(StringBuilder text, Dialect dialect, AuditQuery query, List<(string, object)> parameters)
    {
        if (query.Subject is var (kind, subject))
        {
            text.Append(" and c.subject = @subject and (").Append(SubjectKinds.Condition("c.kind", kind)).Append(')');
            parameters.Add(("subject", subject));
        }
        else if (query.SubjectIds is { } subjects)
        {
            text.Append(" and ").Append(dialect.In("c.subject", "subjects"));
            parameters.Add(("subjects", dialect.Set(subjects)));
        }

        if (query.Who is { } who)
        {
            text.Append(" and ").Append(dialect.In("c.who", "who"));
            parameters.Add(("who", dialect.Set(who)));
        }

        if (query.Kinds is { } kinds)
        {
            text.Append(" and ").Append(dialect.In("c.kind", "kinds"));
            parameters.Add(("kinds", dialect.Set(kinds.Select(ChangeKinds.Text))));
        }

        if (query.HidesRefusalCounts)
            text.Append(" and c.kind <> '").Append(ChangeKinds.Text(ChangeKind.PoolRefusalsCounted)).Append('\'');
        if (query.OnlyForced)
            text.Append(" and c.forced = 1");
    }

    private static void AddTimes(StringBuilder text, string at, AuditQuery query, List<(string, object)> parameters)
    {
        if (query.From is { } from)
        {
            text.Append(" and ").Append(at).Append(" >= @from");
            parameters.Add(("from", RowText.Ticks(from)));
        }

        if (query.To is { } to)
        {
            text.Append(" and ").Append(at).Append(" < @to");
            parameters.Add(("to", RowText.Ticks(to)));
        }
    }

    private static string Beyond(AuditQuery query) => query.IsNewestFirst ? "<" : ">";

    /// <summary>SQLite knows nothing about how rare a kind is, and would read whole rows in the order of the table.</summary>
    private static string Index(Dialect dialect, AuditQuery query) =>
        dialect.IsPostgres || query.Subject is not null || query.SubjectIds is not null ? ""
        : query.OnlyForced ? " indexed by changes_forced"
        : " indexed by changes_listed";
}
