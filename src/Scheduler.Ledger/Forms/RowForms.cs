using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Converts bookings, holds, requests and packs to their storage forms and back.</summary>
internal static class RowForms
{
    public static BookingForm Of(Booking booking) => new()
    {
        Id = booking.Id.Value,
        Sitting = Of(booking.Sitting),
        Forfeited = FormText.OrNull(RowText.Of(booking.Forfeited)),
        Returned = booking.Returned,
        OperatorAct = booking.OperatorAct is { } act ? OperatorActForm.Of(act) : null,
        Status = RowText.Of(booking.Status),
        Version = booking.Version,
        Overseen = booking.Overseen,
        Attended = booking.Attended,
    };

    public static Booking Booking(BookingForm form) => new()
    {
        Id = new(form.Id),
        Sitting = Sitting(form.Sitting),
        Forfeited = RowText.Vouchers(form.Forfeited ?? ""),
        Returned = form.Returned,
        OperatorAct = form.OperatorAct?.ToAct(),
        Status = RowText.BookingStatus(form.Status),
        Version = form.Version,
        Overseen = form.Overseen,
        Attended = form.Attended,
    };

    public static HoldForm Of(Hold hold, Instant at) => new()
    {
        Id = hold.Id.Value,
        Sitting = Of(hold.Sitting),
        ExpiresAt = FormText.Of(hold.ExpiresAt),
        Status = RowText.Of(hold.Status),
        Booking = hold.Booking?.Value,
        At = FormText.Of(at),
    };

    public static Hold Hold(HoldForm form) => new()
    {
        Id = new(form.Id),
        Sitting = Sitting(form.Sitting),
        ExpiresAt = FormText.Instant(form.ExpiresAt),
        Status = RowText.HoldStatus(form.Status),
        Booking = form.Booking is { } booking ? new(booking) : null,
    };

    public static RequestForm Of(Request request, int? position) => new()
    {
        Id = request.Id.Value,
        Institution = request.Institution.Text,
        Exam = request.Exam.Text,
        Pool = request.Pool.Text,
        PreferredStart = FormText.Of(request.PreferredStart),
        Seats = request.Seats,
        Profile = request.Profile.ToString(),
        Mode = RowText.Of(request.Mode),
        Accommodations = FormText.OrNull(RowText.Of(request.Accommodations)),
        Weight = request.Weight,
        Sequence = request.Sequence,
        Status = RowText.Of(request.Status),
        Booking = request.Booking?.Value,
        PassedOverAt = request.PassedOver is { } passed ? FormText.Of(passed.At) : null,
        PassedOverWhy = request.PassedOver?.Why,
        PassedOverFree = request.PassedOver?.FreeSeats,
        PassedOverTaken = request.PassedOver?.TakenSeats,
        Version = request.Version,
        Position = position,
        Windows = RequestText.Of(request.Windows),
        MinGroup = request.MinGroup,
        PlacedSeats = request.PlacedSeats == 0 ? null : request.PlacedSeats,
        Bookings = FormText.OrNull(RequestText.Of(request.Bookings)),
    };

    public static Request Request(RequestForm form) => new()
    {
        Id = new(form.Id),
        Institution = InstitutionId.Of(form.Institution),
        Exam = ExamId.Of(form.Exam),
        Pool = PoolId.Of(form.Pool),
        PreferredStart = FormText.Instant(form.PreferredStart),
        Seats = form.Seats,
        Profile = SeatProfile.Parse(form.Profile),
        Mode = RowText.Mode(form.Mode),
        Accommodations = RowText.Accommodations(form.Accommodations ?? ""),
        Weight = form.Weight,
        Sequence = form.Sequence,
        Status = RowText.RequestStatus(form.Status),
        Booking = form.Booking is { } booking ? new(booking) : null,
        PassedOver = form is { PassedOverAt: { } at, PassedOverWhy: { } why }
            ? new(FormText.Instant(at), why) { FreeSeats = form.PassedOverFree, TakenSeats = form.PassedOverTaken }
            : null,
        Version = form.Version,
        Windows = RequestText.Windows(form.Windows),
        MinGroup = form.MinGroup,
        PlacedSeats = form.PlacedSeats ?? 0,
        Bookings = RequestText.Bookings(form.Bookings ?? ""),
    };

    public static PackForm Of(InstitutionId institution, Pack pack) => new()
    {
        Id = pack.Id.Value,
        Institution = institution.Text,
        Programme = pack.Programme,
        Quantity = pack.Quantity,
        PurchasedOn = RowText.Date(pack.PurchasedOn),
        Taken = pack.Taken,
        Void = pack.IsVoid ? true : null,
    };

    public static PackSnapshot Pack(PackForm form) =>
        new(
            InstitutionId.Of(form.Institution),
            new(new(form.Id), form.Programme, form.Quantity, RowText.Date(form.PurchasedOn), form.Taken) { IsVoid = form.Void ?? false });

    public static DuplicateForm? Of(ProbableDuplicate? duplicate) =>
        duplicate is null ? null : new() { Booking = duplicate.Booking?.Value, Hold = duplicate.Hold?.Value };

    public static ProbableDuplicate? Duplicate(DuplicateForm? form) => form is null
        ? null
        : new(form.Booking is { } booking ? new BookingId(booking) : null, form.Hold is { } hold ? new HoldId(hold) : null);

    private static SittingForm Of(Sitting sitting) => new()
    {
        Institution = sitting.Institution.Text,
        Exam = sitting.Exam.Text,
        Terms = sitting.Terms == ExamTerms.Unknown ? null : Of(sitting.Terms),
        Pool = sitting.Pool.Text,
        Start = FormText.Of(sitting.Start),
        Seats = sitting.Seats,
        Profile = sitting.Profile.ToString(),
        Mode = RowText.Of(sitting.Mode),
        Accommodations = FormText.OrNull(RowText.Of(sitting.Accommodations)),
        Reference = sitting.Reference,
        Vouchers = FormText.OrNull(RowText.Of(sitting.Vouchers)),
        OverrideReason = sitting.OverrideReason,
    };

    private static TermsForm Of(ExamTerms terms) => new()
    {
        Programme = terms.Programme,
        Minutes = terms.Minutes,
        CheckInMinutes = terms.CheckInMinutes,
        ResetMinutes = terms.ResetMinutes,
    };

    private static ExamTerms Terms(TermsForm form) => new()
    {
        Programme = form.Programme,
        Minutes = form.Minutes,
        CheckInMinutes = form.CheckInMinutes,
        ResetMinutes = form.ResetMinutes,
    };

    private static Sitting Sitting(SittingForm form) => new()
    {
        Institution = InstitutionId.Of(form.Institution),
        Exam = ExamId.Of(form.Exam),
        Terms = form.Terms is { } terms ? Terms(terms) : ExamTerms.Unknown,
        Pool = PoolId.Of(form.Pool),
        Start = FormText.Instant(form.Start),
        Seats = form.Seats,
        Profile = SeatProfile.Parse(form.Profile),
        Mode = RowText.Mode(form.Mode),
        Accommodations = RowText.Accommodations(form.Accommodations ?? ""),
        Reference = form.Reference,
        Vouchers = RowText.Vouchers(form.Vouchers ?? ""),
        OverrideReason = form.OverrideReason,
    };
}
