using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads the history of a booking (R15), the outbox (R13) and the queued requests.</summary>
internal static class RecordQueries
{
    private const string IsNotice = "(t.flags & 1) = 1 and (t.flags & 2) = 0";

    /// <summary>When each booking of an institution was last changed.</summary>
    public static Dictionary<BookingId, Instant> LastChanges(ReadSession session, InstitutionId institution) => session.Query(
        "select booking, max(at) from trail where institution = @institution and booking is not null group by booking",
        row => (Booking: new BookingId(Guid.Parse(row.GetString(0))), At: RowText.Instant(row.GetInt64(1))), ("institution", institution.Text))
        .ToDictionary(row => row.Booking, row => row.At);

    /// <summary>The changes of one booking, in order: also how it was made, from a hold or from a request.</summary>
    public static Page<AuditRow>? History(ReadSession session, InstitutionId institution, BookingId booking, string? cursor, int limit)
    {
        if (!Cursor.TryParse(cursor, out long after))
            return null;
        var text = $"""
            select {RowReader.AuditColumns}, t.entry from trail t join changes c on c.committer = t.committer and c.sequence = t.sequence
            where t.institution = @institution and t.booking = @booking and t.entry > @after order by t.entry limit @limit
            """;
        return PagedQuery.Read(
            session, text, RowReader.Audit, row => Cursor.Of(row.GetInt64(10)), limit,
            [("institution", institution.Text), ("booking", booking.ToString()), ("after", after), ("limit", limit + 1)]);
    }

    public static Page<AuditRow>? Notices(ReadSession session, Dialect dialect, InstitutionId institution, string? cursor, int limit)
    {
        if (!Cursor.TryParse(cursor, out long after))
            return null;
        var text = $"""
            select {RowReader.AuditColumns}, t.entry, {ShortBookings(dialect)}
            from trail t join changes c on c.committer = t.committer and c.sequence = t.sequence
            where t.institution = @institution and t.entry > @after and {IsNotice} order by t.entry limit @limit
            """;
        return PagedQuery.Read(
            session, text, RowReader.Notice, row => Cursor.Of(row.GetInt64(10)), limit,
            [("institution", institution.Text), ("after", after), ("limit", limit + 1)]);
    }

    /// <summary>The institution's bookings that an operator's change touched: the entries of the same change that follow the notice.</summary>
    private static string ShortBookings(Dialect dialect) =>
        $"""
        case when (t.flags & 8) = 8 then (
            select {dialect.Join("f.booking")} from trail f
            where f.institution = t.institution and f.entry > t.entry and f.committer = t.committer and f.sequence = t.sequence) end
        """;

    /// <summary>The cursor of the page after a notice; null when the institution got no notice of this id.</summary>
    public static string? NoticeCursor(ReadSession session, InstitutionId institution, string id) => ChangeId.Parse(id) is not { } change
        ? null
        // Receivers ask for their last notice, so the query reads the trail backwards.
        : session.Query(
            $"""
            select t.entry from trail t where t.institution = @institution and t.committer = @committer and t.sequence = @sequence and {IsNotice}
            order by t.entry desc limit 1
            """,
            row => Cursor.Of(row.GetInt64(0)), ("institution", institution.Text), ("committer", change.Committer), ("sequence", change.Sequence))
            .FirstOrDefault();

    /// <summary>The queued waitlist entries of a pool.</summary>
    public static ImmutableArray<Request> QueuedRequests(ReadSession session, PoolId pool, long from, long to) =>
    [
        .. session.Query(
            $"""
            select {RowReader.RequestColumns} from requests where pool = @pool and status = 'queued' and windows is null and start_minutes >= @from
                and start_minutes < @to
            order by weight desc, sequence
            """,
            RowReader.Request, ("pool", pool.Text), ("from", from), ("to", to)),
    ];

    /// <summary>The queued flexible requests of a pool, of all institutions, by weight and then by age.</summary>
    public static List<QueuedSeats> QueuedSeats(ReadSession session, PoolId pool) => session.Query(
        """
        select id, seats - placed_seats from requests where pool = @pool and status = 'queued' and windows is not null order by weight desc, sequence
        """,
        row => new QueuedSeats(new(Guid.Parse(row.GetString(0))), row.GetInt32(1)), ("pool", pool.Text));

    /// <summary>How many requests of an institution wait: flexible ones, and waitlist entries whose start is after a minute.</summary>
    public static int QueuedCount(ReadSession session, InstitutionId institution, int after) => session.Query(
        """
        select count(*) from requests where institution = @institution and status = 'queued' and (windows is not null or start_minutes > @after)
        """,
        row => (int)row.GetInt64(0), ("institution", institution.Text), ("after", after))[0];

    /// <summary>Seats placed, and seats asked for, by the requests of all institutions whose preferred start is after a minute.</summary>
    public static (long Placed, long Asked) Served(ReadSession session, int after) => session.Query(
        """
        select coalesce(sum(case when status = 'placed' then seats else placed_seats end), 0), coalesce(sum(seats), 0) from requests
        where status <> 'withdrawn' and start_minutes > @after
        """,
        row => (row.GetInt64(0), row.GetInt64(1)), ("after", after))[0];

    /// <summary>All queued flexible requests, by sequence.</summary>
    public static ImmutableArray<Request> FlexibleRequests(ReadSession session) =>
    [
        .. session.Query(
            $"select {RowReader.RequestColumns} from requests where status = 'queued' and windows is not null order by sequence", RowReader.Request),
    ];

    /// <summary>All queued waitlist entries.</summary>
    public static ImmutableArray<Request> AllQueuedRequests(ReadSession session) =>
    [
        .. session.Query(
            $"select {RowReader.RequestColumns} from requests where status = 'queued' and windows is null order by sequence", RowReader.Request),
    ];
}
