using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Reads the list of an institution's holds: the holds that are live, then the holds that have ended, the newest first in both groups. An index exists for the
/// live holds. The others come from the institution's trail, because a further index would add the write of a random page to every hold. So the list has only
/// the ended holds that were made within <see cref="Limits.HoldListDays"/>.
/// </summary>
internal static class HoldQueries
{
    private static readonly string _made = $"c.kind in ('{ChangeKinds.Text(ChangeKind.HoldMade)}', '{ChangeKinds.Text(ChangeKind.HoldReplaced)}')";

    public static Page<Hold>? Holds(ReadSession session, Dialect dialect, InstitutionId institution, Instant now, string? cursor, int limit)
    {
        if (!HoldCursor.TryParse(cursor, now, out var after))
            return null;
        return session.Snapshot(() =>
        {
            var live = after.HasEnded ? [] : Live(session, dialect, institution, after, limit + 1);
            if (live.Count > limit)
                return Page(live.Take(limit), after with { Place = live[limit - 1].Place });
            var left = limit - live.Count;
            var end = after.HasEnded ? after : new HoldCursor(after.At, HasEnded: true, HoldCursor.Newest);
            var ended = Ended(session, institution, end, left + 1);
            if (ended.Count <= left)
                return Page(live.Concat(ended), null);
            return Page(live.Concat(ended.Take(left)), left == 0 ? end : end with { Place = ended[left - 1].Place });
        });
    }

    private static Page<Hold> Page(IEnumerable<(Hold Hold, long Place)> rows, HoldCursor? next) => new([.. rows.Select(row => row.Hold)], next?.ToString());

    /// <summary>Live holds, each with the position of the change that made the hold.</summary>
    private static List<(Hold Hold, long Place)> Live(
        ReadSession session, Dialect dialect, InstitutionId institution, HoldCursor after, int limit) => session.Query(
        $"""
        select {RowReader.Of("h", RowReader.HoldColumns)}, {dialect.Position("c")} from holds h join changes c on c.subject = h.id and {_made}
        where h.institution = @institution and h.status = 'held' and h.expires_at > @at and {dialect.Position("c")} < @before
        order by {dialect.Position("c")} desc limit @limit
        """,
        Row, ("institution", institution.Text), ("at", RowText.Ticks(after.At)), ("before", after.Place), ("limit", limit));

    /// <summary>Holds that have ended, each with the entry of its making in the institution's trail.</summary>
    private static List<(Hold Hold, long Place)> Ended(ReadSession session, InstitutionId institution, HoldCursor after, int limit) => session.Query(
        $"""
        select {RowReader.Of("h", RowReader.HoldColumns)}, t.entry from trail t
        join changes c on c.committer = t.committer and c.sequence = t.sequence and {_made}
        join holds h on h.id = c.subject
        where t.institution = @institution and t.entry < @before and t.booking is null and t.at >= @since and not (h.status = 'held' and h.expires_at > @at)
        order by t.entry desc limit @limit
        """,
        Row, ("institution", institution.Text), ("before", after.Place), ("at", RowText.Ticks(after.At)),
        ("since", RowText.Ticks(after.At - Duration.FromDays(Limits.HoldListDays))), ("limit", limit));

    private static (Hold Hold, long Place) Row(System.Data.Common.DbDataReader row) => (RowReader.Hold(row), row.GetInt64(row.FieldCount - 1));
}
