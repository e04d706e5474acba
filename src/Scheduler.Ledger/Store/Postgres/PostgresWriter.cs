using System.Collections.Immutable;
using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The statements that write the rows of a netted batch, one for each kind of row. The statements come after the guards in the same round trip.
/// </summary>
internal static class PostgresWriter
{
    public static void AddRows(RoundTrip trip, BatchNet net, Numbers numbers)
    {
        AddBookings(trip, [.. net.Bookings.Where(row => row.IsNew).Select(row => row.Value)], isNew: true);
        AddBookings(trip, [.. net.Bookings.Where(row => !row.IsNew).Select(row => row.Value)], isNew: false);
        AddHolds(trip, [.. net.HoldsMade]);
        AddRequests(trip, [.. net.Requests.Where(row => row.IsNew).Select(row => row.Value with { Sequence = numbers.Requests[row.Value.Id] })], isNew: true);
        AddRequests(trip, [.. net.Requests.Where(row => !row.IsNew).Select(row => row.Value)], isNew: false);
        AddPacksMade(trip, [.. net.PacksMade]);
        AddRecords(trip, net, numbers);
    }

    private static void AddBookings(RoundTrip trip, Booking[] rows, bool isNew)
    {
        if (rows.Length == 0)
            return;
        const string columns =
            "id, institution, exam, pool, start_minutes, slots, seats, profile, mode, accommodations, reference, vouchers, override_reason, programme, "
            + "minutes, check_in_minutes, reset_minutes, status, version, overseen, attended, forfeited, returned, operator_act";
        const string source =
            $"""
            unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[], $11::text[],
                $12::text[], $13::text[], $14::text[], $15::int[], $16::int[], $17::int[], $18::text[], $19::int[], $20::int[], $21::int[],
                $22::text[], $23::int[], $24::text[]) n({columns})
            """;
        object[] values =
        [
            Of(rows, row => row.Id.ToString()), .. OfSittings(rows, row => row.Sitting), Of(rows, row => RowText.Of(row.Status)), Of(rows, row => row.Version),
            Of(rows, row => row.Overseen ? 1 : 0), Of(rows, row => row.Attended), Of(rows, row => RowText.Of(row.Forfeited)),
            Of(rows, row => row.Returned), Of(rows, row => OperatorActForm.Write(row.OperatorAct)),
        ];
        if (isNew)
            trip.Add($"insert into bookings ({columns}) select {columns} from {source}", values);
        else
        {
            trip.Add(
                $"""
                with u as (
                    update bookings b set institution = n.institution, exam = n.exam, pool = n.pool, start_minutes = n.start_minutes, slots = n.slots,
                        seats = n.seats,
                        profile = n.profile, mode = n.mode, accommodations = n.accommodations, reference = n.reference, vouchers = n.vouchers,
                        override_reason = n.override_reason, programme = n.programme, minutes = n.minutes, check_in_minutes = n.check_in_minutes,
                        reset_minutes = n.reset_minutes, status = n.status, version = n.version, overseen = n.overseen, attended = n.attended,
                        forfeited = n.forfeited, returned = n.returned, operator_act = n.operator_act
                    from {source} where b.id = n.id returning 1)
                select {Found("$25")} from u
                """,
                [.. values, (long)rows.Length]);
        }
    }

    private static void AddHolds(RoundTrip trip, Hold[] rows)
    {
        if (rows.Length == 0)
            return;
        trip.Add(
            """
            insert into holds
                (id, institution, exam, pool, start_minutes, slots, seats, profile, mode, accommodations, reference, vouchers, override_reason, programme,
                    minutes, check_in_minutes, reset_minutes, expires_at, status, booking)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[],
                $11::text[], $12::text[], $13::text[], $14::text[], $15::int[], $16::int[], $17::int[], $18::bigint[], $19::text[], $20::text[])
            """,
            [
                Of(rows, row => row.Id.ToString()), .. OfSittings(rows, row => row.Sitting), Of(rows, row => RowText.Ticks(row.ExpiresAt)),
                Of(rows, row => RowText.Of(row.Status)), Of(rows, row => row.Booking?.ToString()),
            ]);
    }

    private static void AddRequests(RoundTrip trip, Request[] rows, bool isNew)
    {
        if (rows.Length == 0)
            return;
        const string columns = RowReader.RequestColumns;
        const string source =
            $"""
            unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[], $11::int[],
                $12::text[], $13::text[], $14::bigint[], $15::text[], $16::int[], $17::text[], $18::int[], $19::int[], $20::text[],
                $21::int[], $22::int[]) n({columns})
            """;
        object[] values =
        [
            Of(rows, row => row.Id.ToString()), Of(rows, row => row.Institution.Text), Of(rows, row => row.Sequence), Of(rows, row => row.Exam.Text),
            Of(rows, row => row.Pool.Text), Of(rows, row => SlotMinutes.Of(row.PreferredStart)), Of(rows, row => row.Seats),
            Of(rows, row => row.Profile.ToString()), Of(rows, row => RowText.Of(row.Mode)), Of(rows, row => RowText.Of(row.Accommodations)),
            Of(rows, row => row.Weight), Of(rows, row => RowText.Of(row.Status)),
            Of(rows, row => row.Booking?.ToString()), Of(rows, row => row.PassedOver is { } passed ? RowText.Ticks(passed.At) : (long?)null),
            Of(rows, row => row.PassedOver?.Why), Of(rows, row => row.Version), Of(rows, row => RequestText.Of(row.Windows)), Of(rows, row => row.MinGroup),
            Of(rows, row => row.PlacedSeats), Of(rows, row => RequestText.Of(row.Bookings)),
            Of(rows, row => row.PassedOver?.FreeSeats), Of(rows, row => row.PassedOver?.TakenSeats),
        ];
        if (isNew)
        {
            trip.Add(
                $"""
                insert into requests ({columns}) select {columns} from {source}
                on conflict (id) do update set sequence = excluded.sequence, start_minutes = excluded.start_minutes, seats = excluded.seats,
                    profile = excluded.profile, accommodations = excluded.accommodations, weight = excluded.weight, passed_at = excluded.passed_at,
                    passed_why = excluded.passed_why, passed_free = excluded.passed_free, passed_taken = excluded.passed_taken, version = excluded.version
                """,
                values);
        }
        else
        {
            trip.Add(
                $"""
                with u as (
                    update requests r set exam = n.exam, pool = n.pool, start_minutes = n.start_minutes, seats = n.seats, profile = n.profile, mode = n.mode,
                        accommodations = n.accommodations, weight = n.weight, status = n.status, booking = n.booking, passed_at = n.passed_at,
                        passed_why = n.passed_why, version = n.version, windows = n.windows, min_group = n.min_group, placed_seats = n.placed_seats,
                        bookings = n.bookings, passed_free = n.passed_free, passed_taken = n.passed_taken
                    from {source} where r.id = n.id returning 1)
                select {Found("$23")} from u
                """,
                [.. values, (long)rows.Length]);
        }
    }

    private static void AddPacksMade(RoundTrip trip, (InstitutionId Institution, Pack Pack)[] rows)
    {
        if (rows.Length == 0)
            return;
        trip.Add(
            """
            insert into packs (id, institution, programme, quantity, purchased_on, taken)
            select * from unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[], $6::int[])
            """,
            Of(rows, row => row.Pack.Id.ToString()), Of(rows, row => row.Institution.Text), Of(rows, row => row.Pack.Programme),
            Of(rows, row => row.Pack.Quantity),
            Of(rows, row => RowText.Date(row.Pack.PurchasedOn)), Of(rows, row => row.Pack.Taken));
    }

    private static void AddRecords(RoundTrip trip, BatchNet net, Numbers numbers)
    {
        ChangeRecord[] rows = [.. net.Changes.Select(change => change.Record)];
        trip.Add(
            """
            insert into changes (committer, sequence, position, batch, at, who, kind, subject, institution, before, after, why, caller, key, hash, notice,
                touched, forced)
            select $1::int, n.sequence, n.position, $2::bigint, n.at, n.who, n.kind, n.subject, n.institution, n.before, n.after, n.why, n.caller, n.key,
                n.hash, n.notice, n.touched, n.forced
            from unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
                $13::text[], $14::text[], $15::text[], $16::int[], $17::text[],
                $18::int[])
                n(sequence, position, at, who, kind, subject, institution, before, after, why, caller, key, hash, notice, touched, forced)
            """,
            numbers.Committer, numbers.Batch, Enumerable.Range(0, rows.Length).Select(i => numbers.First + i).ToArray(), numbers.Positions,
            Of(rows, row => RowText.Ticks(row.At)), Of(rows, row => row.Who), Of(rows, row => ChangeKinds.Text(row.Kind)), Of(rows, row => row.Subject),
            Of(rows, row => row.Institution?.Text), net.Changes.Select(change => change.Before).ToArray(),
            Enumerable.Range(0, rows.Length).Select(net.AfterOf).ToArray(),
            Of(rows, row => row.Why), Of(rows, row => row.Stamp?.Caller), Of(rows, row => row.Stamp?.Key), Of(rows, row => row.Stamp?.Hash),
            Of(rows, row => row.Notice ? 1 : 0), net.Changes.Select(change => change.Touched).ToArray(),
            net.Changes.Select(change => change.IsForced ? 1 : 0).ToArray());
        AddTrail(trip, net, rows, numbers);
    }

    private static void AddTrail(RoundTrip trip, BatchNet net, ChangeRecord[] records, Numbers numbers)
    {
        var entries = net.Institutions.ToDictionary(institution => institution.Id, institution => institution.Entries);
        TrailRow[] trail = [.. net.Trail];
        // The guards have already raised the count of entries in the institution's row. The last new entry has this count as its number.
        trip.Add(
            """
            insert into trail (institution, entry, at, committer, sequence, position, flags, key, booking, ends)
            select n.institution, i.entries - n.back, n.at, $1::int, n.sequence, n.position, n.flags, n.key, n.booking, n.ends
            from unnest($2::text[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::int[], $8::bigint[], $9::text[], $10::int[])
                n(institution, back, at, sequence, position, flags, key, booking, ends)
            join institutions i on i.id = n.institution
            """,
            numbers.Committer, Of(trail, row => row.Institution), Of(trail, row => entries[row.Institution] - 1 - row.Ordinal),
            Of(trail, row => RowText.Ticks(records[row.Change].At)), Of(trail, row => numbers.First + row.Change),
            Of(trail, row => numbers.Positions[row.Change]),
            Of(trail, row => row.Flags), Of(trail, row => row.Key), Of(trail, row => row.Booking?.ToString()), Of(trail, row => row.Ends));
    }

    /// <summary>A missing row is a bug of the caller, not a guard: the statement fails with an error of its own (22P02) that gives the reason.</summary>
    private static string Found(string count) => $"case when count(*) <> {count} then ('a row to change is missing' || count(*))::int end";

    private static TValue[] Of<TRow, TValue>(TRow[] rows, Func<TRow, TValue> value) => Array.ConvertAll(rows, row => value(row));

    private static object[] OfSittings<TRow>(TRow[] rows, Func<TRow, Sitting> sitting)
    {
        var s = Of(rows, sitting);
        return
        [
            Of(s, one => one.Institution.Text), Of(s, one => one.Exam.Text), Of(s, one => one.Pool.Text), Of(s, one => SlotMinutes.Of(one.Start)),
            Of(s, one => one.Profile.Slots), Of(s, one => one.Seats), Of(s, one => one.Profile.ToString()), Of(s, one => RowText.Of(one.Mode)),
            Of(s, one => RowText.Of(one.Accommodations)), Of(s, one => one.Reference), Of(s, one => RowText.Of(one.Vouchers)), Of(s, one => one.OverrideReason),
            Of(s, one => one.Terms.Programme), Of(s, one => one.Terms.Minutes), Of(s, one => one.Terms.CheckInMinutes), Of(s, one => one.Terms.ResetMinutes),
        ];
    }
}
