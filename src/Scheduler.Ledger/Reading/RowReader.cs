using System.Data.Common;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Converts rows to values. The column lists and the readers below use the same order.</summary>
internal static class RowReader
{
    private const string Sitting =
        "institution, exam, pool, start_minutes, seats, profile, mode, accommodations, reference, vouchers, override_reason, "
        + "programme, minutes, check_in_minutes, reset_minutes";

    public const string BookingColumns = $"id, {Sitting}, status, version, overseen, attended, forfeited, returned, operator_act";

    public const string HoldColumns = $"id, {Sitting}, expires_at, status, booking";

    public const string RequestColumns =
        "id, institution, sequence, exam, pool, start_minutes, seats, profile, mode, accommodations, weight, status, booking, passed_at, passed_why, version, "
        + "windows, min_group, placed_seats, bookings, passed_free, passed_taken";

    public const string PackColumns = "id, programme, quantity, purchased_on, taken, void";

    public const string AuditColumns = "c.committer, c.sequence, c.at, c.who, c.kind, c.subject, c.institution, c.before, c.after, c.why";

    /// <summary>A column list with a table's short name before each column.</summary>
    public static string Of(string table, string columns) => string.Join(", ", columns.Split(", ").Select(column => $"{table}.{column}"));

    public static Booking Booking(DbDataReader row) => new()
    {
        Id = new(Id(row, 0)),
        Sitting = SittingAt1(row),
        Status = RowText.BookingStatus(row.GetString(16)),
        Version = row.GetInt32(17),
        Overseen = row.GetInt32(18) != 0,
        Attended = row.IsDBNull(19) ? null : row.GetInt32(19),
        Forfeited = RowText.Vouchers(row.GetString(20)),
        Returned = row.IsDBNull(21) ? null : row.GetInt32(21),
        OperatorAct = OperatorActForm.Read(Text(row, 22)),
    };

    public static Hold Hold(DbDataReader row) => new()
    {
        Id = new(Id(row, 0)),
        Sitting = SittingAt1(row),
        ExpiresAt = RowText.Instant(row.GetInt64(16)),
        Status = RowText.HoldStatus(row.GetString(17)),
        Booking = row.IsDBNull(18) ? null : new(Id(row, 18)),
    };

    public static Request Request(DbDataReader row) => new()
    {
        Id = new(Id(row, 0)),
        Institution = InstitutionId.Of(row.GetString(1)),
        Sequence = row.GetInt64(2),
        Exam = ExamId.Of(row.GetString(3)),
        Pool = PoolId.Of(row.GetString(4)),
        PreferredStart = SlotMinutes.ToInstant(row.GetInt32(5)),
        Seats = row.GetInt32(6),
        Profile = SeatProfile.Parse(row.GetString(7)),
        Mode = RowText.Mode(row.GetString(8)),
        Accommodations = RowText.Accommodations(row.GetString(9)),
        Weight = row.GetInt32(10),
        Status = RowText.RequestStatus(row.GetString(11)),
        Booking = row.IsDBNull(12) ? null : new(Id(row, 12)),
        PassedOver = row.IsDBNull(13) ? null : new(RowText.Instant(row.GetInt64(13)), row.GetString(14))
        {
            FreeSeats = row.IsDBNull(20) ? null : row.GetInt32(20), TakenSeats = row.IsDBNull(21) ? null : row.GetInt32(21),
        },
        Version = row.GetInt32(15),
        Windows = RequestText.Windows(Text(row, 16)),
        MinGroup = row.IsDBNull(17) ? null : row.GetInt32(17),
        PlacedSeats = row.GetInt32(18),
        Bookings = RequestText.Bookings(row.GetString(19)),
    };

    public static Pack Pack(DbDataReader row) =>
        new(new(Id(row, 0)), row.GetString(1), row.GetInt32(2), RowText.Date(row.GetString(3)), row.GetInt32(4)) { IsVoid = row.GetInt32(5) != 0 };

    public static AuditRow Audit(DbDataReader row) => new()
    {
        Id = ChangeId.Of(new(row.GetInt64(0), row.GetInt64(1))),
        At = RowText.Instant(row.GetInt64(2)),
        Who = row.GetString(3),
        Kind = ChangeKinds.Parse(row.GetString(4)),
        KindText = row.GetString(4),
        Subject = row.GetString(5),
        Institution = row.IsDBNull(6) ? null : InstitutionId.Of(row.GetString(6)),
        Before = Snapshot(row, 7),
        After = Snapshot(row, 8),
        Why = Text(row, 9),
    };

    /// <summary>A change, and after the cursor's column the bookings that the change touched.</summary>
    public static AuditRow Notice(DbDataReader row) => Audit(row) with
    {
        Bookings = Text(row, 11) is { } ids ? [.. ids.Split(' ').Select(id => new BookingId(Guid.Parse(id)))] : [],
    };

    public static Snapshot? Snapshot(DbDataReader row, int column) => row.IsDBNull(column) ? null : SnapshotText.Read(row.GetString(column));

    public static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Guid Id(DbDataReader row, int column) => Guid.Parse(row.GetString(column));

    private static Sitting SittingAt1(DbDataReader row) => new()
    {
        Institution = InstitutionId.Of(row.GetString(1)),
        Exam = ExamId.Of(row.GetString(2)),
        Pool = PoolId.Of(row.GetString(3)),
        Start = SlotMinutes.ToInstant(row.GetInt32(4)),
        Seats = row.GetInt32(5),
        Profile = SeatProfile.Parse(row.GetString(6)),
        Mode = RowText.Mode(row.GetString(7)),
        Accommodations = RowText.Accommodations(row.GetString(8)),
        Reference = Text(row, 9),
        Vouchers = RowText.Vouchers(row.GetString(10)),
        OverrideReason = Text(row, 11),
        Terms = new() { Programme = row.GetString(12), Minutes = row.GetInt32(13), CheckInMinutes = row.GetInt32(14), ResetMinutes = row.GetInt32(15) },
    };
}
