using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads an institution's bookings, holds, requests, packs and idempotency keys.</summary>
internal static class InstitutionQueries
{
    public static InstitutionRows Rows(ReadSession session, InstitutionId id, Instant now, long afterEntry) => session.Snapshot(() =>
    {
        (string, object) institution = ("institution", id.Text);
        var (version, online, overseen) = session.Query(
            "select version, online, overseen from institutions where id = @institution", row => (row.GetInt64(0), row.GetInt32(1), row.GetInt32(2)),
            institution).FirstOrDefault();
        // The trail contains the end of each booking, so bookings that have ended are not read. A changed booking has several rows in the trail, and is read
        // once.
        var bookings = session.Query(
            $"""
            select {RowReader.BookingColumns} from bookings
            where id in (select booking from trail where institution = @institution and booking is not null and ends > @now)
                and status = 'confirmed' and start_minutes + 60 * slots > @now
            """,
            RowReader.Booking, institution, ("now", now.ToUnixTimeSeconds() / 60));
        var holds = session.Query(
            $"select {RowReader.HoldColumns} from holds where institution = @institution and status = 'held'", RowReader.Hold, institution);
        var requests = session.Query(
            $"select {RowReader.RequestColumns} from requests where institution = @institution and status = 'queued' order by sequence", RowReader.Request,
            institution);
        var packs = session.Query($"select {RowReader.PackColumns} from packs where institution = @institution order by id", RowReader.Pack, institution);
        var state = InstitutionState.Restore(bookings, holds, requests, packs, online, overseen);
        var keys = KeyQueries.Newest(session, id.Text, now, afterEntry);
        return new InstitutionRows(version, state, keys.Keys, keys.LastEntry, keys.HasOlderKeys);
    });

    /// <summary>
    /// Several institutions with their versions, each with the bookings that a plan's entries reach. The caller decides whether the queries see one moment. An
    /// institution without a row has version 0.
    /// </summary>
    public static Dictionary<InstitutionId, (long Version, InstitutionState State)> States(
        ReadSession session, Dialect dialect, IReadOnlyCollection<InstitutionId> ids, PlanReach reach, Instant now)
    {
        (string, object) institutions = ("institutions", dialect.Set(ids.Select(id => id.Text)));
        var rows = session.Query(
            $"select id, version, online, overseen from institutions where {dialect.In("id", "institutions")}",
            row => (Id: InstitutionId.Of(row.GetString(0)), Version: row.GetInt64(1), Online: row.GetInt32(2), Overseen: row.GetInt32(3)), institutions);
        var bookings = new List<Booking>();
        session.Each(
            $"""
            select {RowReader.BookingColumns}, slots from bookings
            where id in (select booking from trail where {dialect.In("institution", "institutions")} and booking is not null and ends > @now)
                and status = 'confirmed' and start_minutes + 60 * slots > @now
            """,
            row =>
            {
                if (reach.Has(row))
                    bookings.Add(RowReader.Booking(row));
            },
            institutions, ("now", now.ToUnixTimeSeconds() / 60));
        var own = bookings.ToLookup(booking => booking.Sitting.Institution);
        var holds = session.Query(
            $"select {RowReader.HoldColumns} from holds where {dialect.In("institution", "institutions")} and status = 'held'", RowReader.Hold, institutions)
            .ToLookup(hold => hold.Sitting.Institution);
        var requests = session.Query(
            $"select {RowReader.RequestColumns} from requests where {dialect.In("institution", "institutions")} and status = 'queued'", RowReader.Request,
            institutions).ToLookup(request => request.Institution);
        var packs = session.Query(
            $"select {RowReader.PackColumns}, institution from packs where {dialect.In("institution", "institutions")}",
            row => (Institution: InstitutionId.Of(row.GetString(row.FieldCount - 1)), Pack: RowReader.Pack(row)), institutions)
            .ToLookup(row => row.Institution, row => row.Pack);
        var states = rows.ToDictionary(
            row => row.Id, row => (row.Version, InstitutionState.Restore(
                own[row.Id], holds[row.Id], requests[row.Id], packs[row.Id], row.Online, row.Overseen)));
        foreach (var id in ids)
            states.TryAdd(id, (0, InstitutionState.Empty));
        return states;
    }

    public static Page<Booking>? Bookings(ReadSession session, InstitutionId id, BookingFilter filter, string? cursor, int limit)
    {
        if (!Cursor.TryParse(cursor, out long after))
            return null;
        var text = $"""
            select {RowReader.Of("b", RowReader.BookingColumns)}, t.entry from trail t join bookings b on b.id = t.booking
            where t.institution = @institution and t.entry > @after and t.booking is not null and (t.flags & 4) = 0
            """;
        List<(string, object)> parameters = [("institution", id.Text), ("after", after), ("limit", limit + 1)];
        if (filter.From is { } first)
        {
            text += " and b.start_minutes >= @from";
            parameters.Add(("from", SlotMinutesUp.Of(first)));
        }

        if (filter.To is { } last)
        {
            text += " and b.start_minutes < @to";
            parameters.Add(("to", SlotMinutesUp.Of(last)));
        }

        if (filter.Status is { } wanted)
        {
            text += " and b.status = @status";
            parameters.Add(("status", RowText.Of(wanted)));
        }

        return PagedQuery.Read(
            session, text + " order by t.entry limit @limit", RowReader.Booking, row => Cursor.Of(row.GetInt64(row.FieldCount - 1)), limit, parameters);
    }

    public static ImmutableArray<Booking> BookingsOf(ReadSession session, InstitutionId id, PackId pack) =>
    [
        .. session.Query(
            $"""
            select {RowReader.Of("b", RowReader.BookingColumns)} from trail t join bookings b on b.id = t.booking
            where t.institution = @institution and t.booking is not null and (t.flags & 4) = 0 and b.status = 'confirmed' and b.vouchers like @pack
            """,
            RowReader.Booking, ("institution", id.Text), ("pack", $"%{pack}:%")),
    ];

    public static Page<Request>? Queue(ReadSession session, InstitutionId id, string? cursor, int limit) => !Cursor.TryParse(cursor, out long after)
        ? null
        : PagedQuery.Read(
            session, $"select {RowReader.RequestColumns} from requests where institution = @institution and sequence > @after order by sequence limit @limit",
            RowReader.Request, row => Cursor.Of(row.GetInt64(2)), limit, [("institution", id.Text), ("after", after), ("limit", limit + 1)]);

    /// <summary>A page of packs. The vouchers of a hold that has lapsed count as left, also when no batch has swept the hold yet (R10).</summary>
    public static Page<Pack>? Packs(ReadSession session, InstitutionId id, Instant now, string? cursor, int limit)
    {
        if (!Cursor.TryParse(cursor, out Guid after))
            return null;
        return session.Snapshot(() =>
        {
            (string, object) institution = ("institution", id.Text);
            var lapsed = session.Query(
                "select vouchers from holds where institution = @institution and status = 'held' and expires_at <= @now",
                row => RowText.Vouchers(row.GetString(0)), institution, ("now", RowText.Ticks(now)));
            var free = lapsed.SelectMany(draws => draws).ToLookup(draw => draw.Pack, draw => draw.Vouchers);
            var packs = PagedQuery.Read(
                session, $"select {RowReader.PackColumns} from packs where institution = @institution and id > @after order by id limit @limit",
                RowReader.Pack, row => Cursor.Of(Guid.Parse(row.GetString(0))), limit, [institution, ("after", after.ToString()), ("limit", limit + 1)]);
            return packs with { Entries = [.. packs.Entries.Select(pack => pack with { Taken = pack.Taken - free[pack.Id].Sum() })] };
        });
    }

    /// <summary>Packs with vouchers left whose last day lies in [from, to], by id.</summary>
    public static ImmutableArray<PackSnapshot> PacksEnding(ReadSession session, LocalDate from, LocalDate to)
    {
        // The last day is a year after the purchase, on 28 February for a 29th.
        var packs = session.Query(
            $"select {RowReader.PackColumns}, institution from packs where purchased_on >= @from and purchased_on <= @to and void = 0 order by id",
            row => new PackSnapshot(InstitutionId.Of(row.GetString(6)), RowReader.Pack(row)),
            ("from", RowText.Date(from.PlusYears(-1))), ("to", RowText.Date(to.PlusYears(-1).PlusDays(1))));
        return [.. packs.Where(one => one.Pack.Remaining > 0 && one.Pack.ExpiresOn >= from && one.Pack.ExpiresOn <= to)];
    }
}
