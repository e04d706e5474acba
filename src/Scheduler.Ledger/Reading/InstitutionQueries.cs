using System.Collections.Immutable;
using System.Data.Common;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads what an institution has.</summary>
internal static class InstitutionQueries
{
    public static InstitutionRows Rows(ReadSession session, InstitutionId id, Instant now) => session.Snapshot(() =>
    {
        (string, object) institution = ("institution", id.Text);
        var (version, online) = session.Query(
            "select version, online from institutions where id = @institution", row => (row.GetInt64(0), row.GetInt32(1)), institution).FirstOrDefault();
        // The trail tells what ended without a look at the bookings; one that was rescheduled stands there more than once.
        var bookings = session.Query(
            $"""
            select {RowReader.Of("b", RowReader.BookingColumns)} from trail t join bookings b on b.id = t.booking
            where t.institution = @institution and t.booking is not null and t.ends > @now and b.status = 'confirmed' and b.start_minutes + 60 * b.slots > @now
            """,
            RowReader.Booking, institution, ("now", now.ToUnixTimeSeconds() / 60));
        var holds = session.Query($"select {RowReader.HoldColumns} from holds where institution = @institution and status = 'held'", RowReader.Hold, institution);
        var requests = session.Query(
            $"select {RowReader.RequestColumns} from requests where institution = @institution and status = 'queued' order by sequence", RowReader.Request, institution);
        var packs = session.Query($"select {RowReader.PackColumns} from packs where institution = @institution order by id", RowReader.Pack, institution);
        var state = InstitutionState.Restore(bookings.DistinctBy(booking => booking.Id), holds, requests, packs, online);
        return new InstitutionRows(version, state, Answers(session, id.Text, now));
    });

    /// <summary>Answers of the last seven days; the empty institution's are those to calls about the operator's things.</summary>
    public static ImmutableDictionary<(string Caller, string Key), StoredAnswer> Answers(ReadSession session, string institution, Instant now)
    {
        var answers = ImmutableDictionary.CreateBuilder<(string, string), StoredAnswer>();
        var rows = session.Query(
            """
            select c.caller, c.key, c.hash, c.status, c.after, c.subject, c.kind from trail t join changes c on c.committer = t.committer and c.sequence = t.sequence
            where t.institution = @institution and t.at >= @since and (t.flags & 1) = 1 and (t.flags & 4) = 0 order by t.entry
            """,
            row => ((row.GetString(0), row.GetString(1)), new StoredAnswer(row.GetString(2), row.GetInt32(3), RowReader.Text(row, 4), row.GetString(5), row.GetString(6))),
            ("institution", institution), ("since", RowText.Ticks(now - Duration.FromDays(Limits.IdempotencyKeyDays))));
        foreach (var (key, answer) in rows)
            answers[key] = answer;
        return answers.ToImmutable();
    }

    public static Page<Booking>? Bookings(ReadSession session, InstitutionId id, Instant? from, Instant? to, BookingStatus? status, string? cursor, int limit)
    {
        if (!Cursor.TryParse(cursor, out long after))
            return null;
        var text = $"""
            select {RowReader.Of("b", RowReader.BookingColumns)}, t.entry from trail t join bookings b on b.id = t.booking
            where t.institution = @institution and t.entry > @after and t.booking is not null and (t.flags & 8) = 0
            """;
        List<(string, object)> parameters = [("institution", id.Text), ("after", after), ("limit", limit + 1)];
        if (from is { } first)
        {
            text += " and b.start_minutes >= @from";
            parameters.Add(("from", Bound.Minutes(first)));
        }

        if (to is { } last)
        {
            text += " and b.start_minutes < @to";
            parameters.Add(("to", Bound.Minutes(last)));
        }

        if (status is { } wanted)
        {
            text += " and b.status = @status";
            parameters.Add(("status", RowText.Of(wanted)));
        }

        return Paged.Of(session, text + " order by t.entry limit @limit", RowReader.Booking, row => Cursor.Of(row.GetInt64(17)), limit, parameters);
    }

    public static Page<Request>? Queue(ReadSession session, InstitutionId id, string? cursor, int limit) => !Cursor.TryParse(cursor, out long after)
        ? null
        : Paged.Of(
            session, $"select {RowReader.RequestColumns} from requests where institution = @institution and sequence > @after order by sequence limit @limit",
            RowReader.Request, row => Cursor.Of(row.GetInt64(2)), limit, [("institution", id.Text), ("after", after), ("limit", limit + 1)]);

    public static Page<Pack>? Packs(ReadSession session, InstitutionId id, string? cursor, int limit) => !Cursor.TryParse(cursor, out Guid after)
        ? null
        : Paged.Of(
            session, $"select {RowReader.PackColumns} from packs where institution = @institution and id > @after order by id limit @limit",
            RowReader.Pack, row => Cursor.Of(Guid.Parse(row.GetString(0))), limit, [("institution", id.Text), ("after", after.ToString()), ("limit", limit + 1)]);
}

/// <summary>Lists page by page: one row more than asked for tells whether there is another page.</summary>
internal static class Paged
{
    public static Page<T> Of<T>(
        ReadSession session, string text, Func<DbDataReader, T> map, Func<DbDataReader, string> cursor, int limit, List<(string Name, object Value)> parameters)
    {
        var rows = session.Query(text, row => (Value: map(row), Cursor: cursor(row)), [.. parameters]);
        var isLast = rows.Count <= limit;
        if (!isLast)
            rows.RemoveRange(limit, rows.Count - limit);
        return new([.. rows.Select(row => row.Value)], isLast || rows.Count == 0 ? null : rows[^1].Cursor);
    }
}
