using System.Diagnostics;
using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The sentences of problem documents. Statuses and figures are in other files, so that a translation replaces only this file.
/// </summary>
internal static class ProblemTexts
{
    private static readonly ZonedDateTimePattern _local = ZonedDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm x", null);

    public static ProblemText Invalid { get; } = new("The request cannot be read.", "Fix the fields listed under errors, then send the request again.");

    /// <summary>A fault of the HTTP message, by the status that the web server gives.</summary>
    public static ProblemText BadMessage(int status) => status switch
    {
        StatusCodes.Status408RequestTimeout => new(
            "The message took too long to arrive.",
            $"Send the headers within {Limits.HeaderSeconds} seconds, and the body with at least {Limits.BodyBytesPerSecond} bytes a second."),
        StatusCodes.Status411LengthRequired => new("The length of the body is missing.", "Send Content-Length with the body."),
        StatusCodes.Status414UriTooLong => new(
            "The address is too long.",
            $"Send a request line of at most {Limits.RequestLineBytes} bytes: the method, the address and the HTTP version."),
        StatusCodes.Status431RequestHeaderFieldsTooLarge => new(
            "The headers are too large.", $"Send at most {Limits.HeaderCount} headers, and at most {Limits.HeaderBytes} bytes of headers."),
        _ => new(
            "The HTTP message is malformed.",
            "Check the request line, the address (ASCII, without NUL), the one Host header, the other headers, and the length or the chunks of the body."),
    };

    public static ProblemText NotSignedIn { get; } = new("Nobody is signed in.", "Send one header Authorization: Bearer with a valid API key.");

    public static ProblemText Forbidden { get; } = new(
        "Not allowed.",
        $"Your role may not make this call. {ApiSetup.DocumentPath} lists the roles of each call under x-roles.");

    public static ProblemText OtherSite { get; } = new(
        "The change came from another site.",
        "Nothing was changed. Send the change from a page of this server, or send an API key in place of the cookie.");

    public static ProblemText OperatorsOnly { get; } = new(
        "Not allowed.",
        "Only an operator may override a rule, give a weight other than 1, or change an institution beyond proctors, labSeats and shortNoticeDays.");

    public static ProblemText KeyNotManaged { get; } = new(
        "Not allowed.",
        "A coordinator may make keys for instructors and viewers only. Ask an operator for any other key.");

    public static ProblemText NotFound { get; } = new(
        "Not found.",
        "There is nothing at this address that you may see. Check the ids in the address and in the body.");

    public static ProblemText NoSuchAddress { get; } = new(
        "There is no such address.",
        $"Addresses start with {ApiSetup.BasePath}; {ApiSetup.DocumentPath} lists them all.");

    public static ProblemText MethodNotAllowed { get; } = new("This address does not take this method.", "Use one of the methods that the Allow header names.");

    public static ProblemText Stale { get; } = new(
        "The subject has changed since you read it.",
        "Read the subject again, then repeat the change with the new ETag. With If-None-Match: * the subject must not exist yet.");

    public static ProblemText BodyTooLarge { get; } = new("The body is too large.", $"Send a body of at most {Limits.BodyBytes} bytes.");

    public static ProblemText UnsupportedMediaType { get; } = new(
        "The body is not plain JSON.", "Send the body with Content-Type: application/json, and without Content-Encoding.");

    public static ProblemText KeyReused { get; } = new(
        "This idempotency key was used for another call.",
        "Use a fresh Idempotency-Key for a call with other content.");

    public static ProblemText Busy { get; } = new("Too many calls at once.", "Repeat the call after a moment, with the same Idempotency-Key.");

    public static ProblemText AdviceBusy { get; } = new(
        "Too many questions about capacity at once.", "The solver answers a few comparisons, what-ifs and advice at a time. Repeat after Retry-After.");

    public static ProblemText Unavailable { get; } = new(
        "The call cannot be answered now.", "Nothing was changed. Repeat the call after a moment, with the same Idempotency-Key.");

    public static ProblemText OutcomeUnknown { get; } = new(
        "The call cannot be answered now.",
        "It is not known whether the change was made. Repeat the call with the same Idempotency-Key: you get the first answer, or the change is made now.");

    public static ProblemText Internal { get; } = new(
        "The server has a fault.", "Repeat the call with the same Idempotency-Key. If the fault stays, tell the operator the trace.");

    /// <summary>The sentences of a refusal. Times are those of the zone, with the zone's short name (R1).</summary>
    public static ProblemText Of(Refusal refusal, DateTimeZone zone) => refusal switch
    {
        Refusal.BookingCancelled => new("The booking was cancelled.", "Make a new booking."),
        Refusal.SittingBegun => new("The sitting has begun.", "A booking can be cancelled or changed only before its sitting begins."),
        Refusal.CutoffPassed r => new(
            "It is too late to move this booking.",
            $"A move needs {Counted.Of(r.DaysNeeded, "day")} of notice; {Counted.Are(r.DaysGiven, "day")} left. "
            + "You can still cancel the booking, which frees the seats."),
        Refusal.HoldLapsed => new("The hold has ended.", "The hold's time ran out, or the hold was released. Make a new hold or booking."),
        Refusal.HoldConfirmed r => new("The hold is a booking already.", $"The hold became booking {r.Booking}. Use this booking."),
        Refusal.UnknownExam r => new("There is no such exam.", $"'{r.Exam}' is not in the catalogue; GET {ApiSetup.BasePath}/exams lists the exams."),
        Refusal.UnknownPool r => new("There is no such pool.", $"'{r.Pool}' is not known; GET {ApiSetup.BasePath}/pools lists the pools."),
        Refusal.PoolCannotServeExam r => new("This pool cannot serve this exam.", $"Choose one of these pools: {string.Join(", ", r.Pools)}."),
        Refusal.Retired { Kind: "institution" } r => new("The institution is retired.", $"'{r.Id}' makes no new bookings. Ask an operator to bring it back."),
        Refusal.Retired r => new($"The {r.Kind} is retired.", $"'{r.Id}' is no longer offered. Choose another {r.Kind}."),
        Refusal.ModeNotOffered r => new(
            "The exam is not offered in this mode.",
            $"Choose one of these values of mode: {string.Join(", ", r.Modes.Select(TextForms.Mode.Write))}."),
        Refusal.NotOnSlot r => new(
            "No block starts at this time.",
            "Blocks start at whole hours of the pool's zone, and do not cross a clock change that leaves a gap between two hours. "
            + $"The next block starts at {Local(r.NextStart, zone)}."),
        Refusal.NotReady r => new(
            "The institution is not ready to book.",
            $"These steps are open: {string.Join(", ", r.Open)}. Complete these steps, then repeat the call."),
        Refusal.Past => new("The start is in the past.", "Choose a later start."),
        Refusal.Horizon r => new(
            "The exam day is too far ahead.",
            $"The exam day may be at most {Counted.Of(r.HorizonDays, "day")} ahead, {TextForms.Date.Write(r.LatestDate)} at the latest. "
            + $"The exam day that you chose is {Counted.Of(r.DaysGiven, "day")} ahead."),
        Refusal.LeadTimeShort r => new("The notice is too short.", LeadTimeTexts.Detail(r)),
        Refusal.Collecting r => new(
            "The season still collects requests.",
            $"You can queue a request now. Booking opens at {Local(r.OpensAt, zone)}."),
        Refusal.ProctorsExceeded r => new(
            "Not enough trained proctors.",
            $"The institution has {Counted.Of(r.Proctors, "proctor")}, with room for {Counted.Of(r.CandidatesFree, "more candidate")} online at that time. "
            + "Choose fewer seats or another start."),
        Refusal.LabSeatsExceeded r => new(
            "Not enough lab seats.",
            $"The institution has {Counted.Of(r.LabSeats, "lab seat")}, with room for {Counted.Of(r.CandidatesFree, "more candidate")} at that time. "
            + "Choose fewer seats or another start."),
        Refusal.VouchersShort r => new(
            "Not enough vouchers.",
            $"{Counted.Are(r.Missing, "voucher")} missing: too few vouchers are valid on the exam day. Buy a pack, or choose fewer seats."),
        Refusal.HoldLimit r => new(
            "Too many holds or held seats.",
            $"An institution may have at most {Counted.Of(r.MaxHolds, "hold")} with {Counted.Of(r.MaxHeldSeats, "seat")} in total at once. "
            + "Confirm or release a hold."),
        Refusal.Closed => new(
            "The pool is closed at that time.",
            "At least one hour of the block has no capacity; closed lists these hours. Choose another start."),
        Refusal.SlotFull r => new("Not enough seats are free.", SlotFull(r)),
        Refusal.FairShareExceeded r => new("More than the fair share of a slot.", FairShare(r, zone)),
        Refusal.NeverFits r => new(
            "The pool never has so many seats.",
            $"No hour to come offers more than {Counted.Of(r.GreatestCapacity, "seat")} of this pool. "
            + "Split the class into smaller requests, or choose another pool."),
        Refusal.NoCandidates r => new("No block fits the request.", CandidateTexts.Detail(r)),
        Refusal.BelowPlaced r => new(
            "Plans have placed more candidates.",
            $"{Counted.Are(r.PlacedSeats, "candidate")} placed already. Send at least so many seats, or cancel a booking."),
        Refusal.RequestClosed r => new(
            "The request no longer waits.", $"Its status is {TextForms.RequestStatus.Write(r.Status)}. Queue a new request."),
        Refusal.QueueFull r => new("Too many requests wait.", $"At most {Counted.Of(r.MaxQueued, "request")} may wait in one queue. Withdraw a request first."),
        Refusal.RequestPlaced r => new("The request was served.", $"The request became booking {r.Booking}. Cancel that booking instead."),
        Refusal.SittingNotBegun => new("The sitting has not begun.", "Report the attendance after the start."),
        Refusal.MoreThanBooked r => new("More candidates than were booked.", $"The booking has {Counted.Of(r.Seats, "seat")}. Report at most this number."),
        Refusal.CapacityBelowBooked r => new(
            "More seats are booked than would be left.",
            r.IsUndo
                ? $"Move or cancel the bookings first. To record a shortfall, set the capacity with PUT {ApiSetup.BasePath}/pools/{{id}}/capacity and force."
                : "Move the bookings first, or repeat with force and a reason to record a shortfall."),
        Refusal.InUse => new(
            "Something to come rests on it.",
            "Move or cancel the bookings, and release the holds and withdraw the requests, before you retire it. A board goes after its schools."),
        Refusal.PackInUse r => new(
            "Vouchers of the pack are taken.",
            $"{r.VouchersTaken} vouchers of the pack are set aside or used. Cover the bookings and holds named here, or cancel or move these first."),
        Refusal.PackVoid => new("The pack is void.", "A pack that was taken back cannot be corrected. Record a new pack."),
        Refusal.NothingToUndo => new("There is no raise to undo.", "The last change of the pool's capacity was not a raise. Set the capacity with PUT."),
        Refusal.PoolZoneFixed r => new(
            "The pool's zone is fixed.",
            $"The pool's slots start at the whole hours of {r.Zone}. Make another pool for the other zone."),
        Refusal.HorizonTooShort r => HorizonTexts.Of(r),
        Refusal.PlanRunning r => new(
            "Another plan of these pools is running.", $"Wait for plan {r.Plan}, or stop it with DELETE {ApiSetup.BasePath}/plans/{r.Plan}."),
        Refusal.TooManyPlans r => new("Too many plans are running.", $"At most {Counted.Of(r.MaxRunning, "plan")} may run at once. Wait for one of them."),
        Refusal.PlanNotReady r => new(
            "The plan is not ready.",
            $"The plan is {PlanTexts.Status.Write(r.Status)}. A plan that is ready can be applied, and a plan with a result can be compared and started from."),
        Refusal.LastOperatorKey => new("The last operator's key.", "Make another operator's key first, then revoke this key."),
        Refusal.EmailTaken => new("The address has an account.", "A person has one account. Change the account's role, or use another address."),
        Refusal.OwnAccount => new("This is your own account.", "Somebody else has to change your role or remove you."),
        Refusal.TooManyInvitations r => new(
            "Too many invitations are open.", $"At most {Counted.Of(r.MaxOpen, "invitation")} may be open. Revoke some of them first."),
        Refusal.ImportUnreadable or Refusal.ImportStale or Refusal.ImportVanishes or Refusal.ImportExpired => ImportTexts.Of(refusal),
        _ => throw new UnreachableException(),
    };

    /// <summary>The sentence of a warning.</summary>
    public static string Of(ProbableDuplicate duplicate) =>
        $"{(duplicate.Booking is { } booking ? $"Booking {booking}" : $"Hold {duplicate.Hold}")} of your institution has the same exam, start and seats. "
        + "If you did not mean to make a second one, cancel the booking or release the hold. An Idempotency-Key makes repeated calls safe.";

    /// <summary>The waitlist is named only where waiting helps, and alternatives only where there are some.</summary>
    private static string SlotFull(Refusal.SlotFull refusal) => (refusal.Alternatives.IsEmpty, refusal.CanWait) switch
    {
        _ when refusal.ExceedsPool => "No hour to come offers so many seats of this pool. Split the class into several bookings, or choose another pool.",
        (false, true) => "Book one of the alternatives, or join the waitlist for this block.",
        (false, false) => "Choose one of the alternatives.",
        (true, true) => "No other start within a week fits. Join the waitlist for this block.",
        (true, false) => "Choose fewer seats or another start; slots lists the free seats of each hour.",
    };

    private static string FairShare(Refusal.FairShareExceeded refusal, DateTimeZone zone)
    {
        var beside = refusal.IsChange ? "Beside this booking, the" : "The";
        var left = refusal.IsChange
            ? $"so this booking may have at most {Counted.Of(refusal.SeatsLeft, "seat")} there"
            : $"and may book {Counted.Of(refusal.SeatsLeft, "more seat")} there";
        return $"{beside} institution has {refusal.SeatsHeld} of the {Counted.Of(refusal.SeatsAllowed, "seat")} that it may have in the slot at "
            + $"{Local(refusal.Slot, zone)} until the last days of booking, {left}. Choose fewer seats or another start.";
    }

    /// <summary>An instant as the zone's clock shows it, such as <c>2026-12-07 09:00 EST</c>.</summary>
    internal static string Local(Instant instant, DateTimeZone zone) => _local.Format(instant.InZone(zone));
}
