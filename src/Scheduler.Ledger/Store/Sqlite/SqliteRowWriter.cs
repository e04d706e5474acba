using Microsoft.Data.Sqlite;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Writes the bookings, holds, requests and packs of a netted batch.</summary>
internal sealed class SqliteRowWriter : IDisposable
{
    private readonly List<SqliteStatement> _all = [];
    private readonly SqliteStatement _booking, _bookingChange, _hold, _request, _requestChange, _packMade, _packChange;

    public SqliteRowWriter(SqliteConnection connection)
    {
        SqliteStatement Prepare(string text, int parameters)
        {
            var statement = new SqliteStatement(connection, text, parameters);
            _all.Add(statement);
            return statement;
        }

        const string sitting =
            "institution, exam, pool, start_minutes, slots, seats, profile, mode, accommodations, reference, vouchers, override_reason, "
            + "programme, minutes, check_in_minutes, reset_minutes";
        _booking = Prepare(
            $"""
            insert into bookings (id, {sitting}, status, version, overseen, attended, forfeited, returned, operator_act)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
            """, 24);
        _bookingChange = Prepare(
            """
            update bookings set institution = $2, exam = $3, pool = $4, start_minutes = $5, slots = $6, seats = $7, profile = $8, mode = $9,
                accommodations = $10, reference = $11,
                vouchers = $12, override_reason = $13, programme = $14, minutes = $15, check_in_minutes = $16, reset_minutes = $17,
                status = $18, version = $19, overseen = $20, attended = $21, forfeited = $22, returned = $23, operator_act = $24
            where id = $1
            """, 24);
        _hold = Prepare(
            $"""
            insert into holds (id, {sitting}, expires_at, status, booking)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            """, 20);
        _request = Prepare(
            """
            insert or replace into requests (id, institution, sequence, exam, pool, start_minutes, seats, profile, mode, accommodations, weight, status,
                booking, passed_at, passed_why, version, windows, min_group, placed_seats, bookings, passed_free, passed_taken)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
            """, 22);
        _requestChange = Prepare(
            """
            update requests set exam = $2, pool = $3, start_minutes = $4, seats = $5, profile = $6, mode = $7, accommodations = $8, weight = $9, status = $10,
                booking = $11, passed_at = $12, passed_why = $13, version = $14, windows = $15, min_group = $16, placed_seats = $17, bookings = $18,
                passed_free = $19, passed_taken = $20
            where id = $1
            """, 20);
        _packMade = Prepare("insert into packs (id, institution, programme, quantity, purchased_on, taken) values ($1, $2, $3, $4, $5, $6)", 6);
        _packChange = Prepare("update packs set quantity = $2, purchased_on = $3, void = $4 where id = $1", 4);
    }

    public void Write(BatchNet net, IReadOnlyDictionary<RequestId, long> requestSequences)
    {
        foreach (var (booking, isNew) in net.Bookings)
        {
            var s = booking.Sitting;
            var statement = isNew ? _booking : _bookingChange;
            var rows = statement.Execute(
                booking.Id.ToString(), s.Institution.Text, s.Exam.Text, s.Pool.Text, SlotMinutes.Of(s.Start), s.Profile.Slots, s.Seats, s.Profile.ToString(),
                RowText.Of(s.Mode), RowText.Of(s.Accommodations), s.Reference, RowText.Of(s.Vouchers), s.OverrideReason,
                s.Terms.Programme, s.Terms.Minutes, s.Terms.CheckInMinutes, s.Terms.ResetMinutes, RowText.Of(booking.Status), booking.Version,
                booking.Overseen ? 1 : 0, booking.Attended, RowText.Of(booking.Forfeited), booking.Returned,
                OperatorActForm.Write(booking.OperatorAct));
            Expect(rows, "booking", booking.Id);
        }

        foreach (var hold in net.HoldsMade)
        {
            var s = hold.Sitting;
            _hold.Execute(
                hold.Id.ToString(), s.Institution.Text, s.Exam.Text, s.Pool.Text, SlotMinutes.Of(s.Start), s.Profile.Slots, s.Seats, s.Profile.ToString(),
                RowText.Of(s.Mode),
                RowText.Of(s.Accommodations), s.Reference, RowText.Of(s.Vouchers), s.OverrideReason, s.Terms.Programme, s.Terms.Minutes,
                s.Terms.CheckInMinutes, s.Terms.ResetMinutes, RowText.Ticks(hold.ExpiresAt), RowText.Of(hold.Status), hold.Booking?.ToString());
        }

        foreach (var (request, isNew) in net.Requests)
            Write(request, isNew, requestSequences);
        foreach (var (institution, pack) in net.PacksMade)
            _packMade.Execute(pack.Id.ToString(), institution.Text, pack.Programme, pack.Quantity, RowText.Date(pack.PurchasedOn), pack.Taken);
        foreach (var pack in net.PacksChanged)
            Expect(_packChange.Execute(pack.Id.ToString(), pack.Quantity, RowText.Date(pack.PurchasedOn), pack.IsVoid ? 1 : 0), "pack", pack.Id);
    }

    public void Dispose()
    {
        foreach (var statement in _all)
            statement.Dispose();
    }

    /// <summary>A missing row is a bug of the caller, not a guard.</summary>
    public static void Expect<TId>(int rows, string what, TId id)
    {
        if (rows != 1)
            throw new InvalidOperationException($"The ledger has no {what} {id} to change.");
    }

    private void Write(Request request, bool isNew, IReadOnlyDictionary<RequestId, long> sequences)
    {
        long? passedAt = request.PassedOver is { } passed ? RowText.Ticks(passed.At) : null;
        if (isNew)
        {
            _request.Execute(
                request.Id.ToString(), request.Institution.Text, sequences[request.Id], request.Exam.Text, request.Pool.Text,
                SlotMinutes.Of(request.PreferredStart),
                request.Seats, request.Profile.ToString(), RowText.Of(request.Mode), RowText.Of(request.Accommodations), request.Weight,
                RowText.Of(request.Status),
                request.Booking?.ToString(), passedAt, request.PassedOver?.Why, request.Version, RequestText.Of(request.Windows), request.MinGroup,
                request.PlacedSeats, RequestText.Of(request.Bookings), request.PassedOver?.FreeSeats, request.PassedOver?.TakenSeats);
            return;
        }

        var rows = _requestChange.Execute(
            request.Id.ToString(), request.Exam.Text, request.Pool.Text, SlotMinutes.Of(request.PreferredStart), request.Seats, request.Profile.ToString(),
            RowText.Of(request.Mode), RowText.Of(request.Accommodations), request.Weight, RowText.Of(request.Status), request.Booking?.ToString(), passedAt,
            request.PassedOver?.Why, request.Version, RequestText.Of(request.Windows), request.MinGroup, request.PlacedSeats,
            RequestText.Of(request.Bookings), request.PassedOver?.FreeSeats, request.PassedOver?.TakenSeats);
        Expect(rows, "request", request.Id);
    }
}
