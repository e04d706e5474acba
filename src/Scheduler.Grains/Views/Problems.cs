using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>A field that the door could not take, and the remedy.</summary>
public readonly record struct FieldFault(string Field, string Fault);

/// <summary>Problem documents (RFC 9457): one per refusal's code, with the figures that a program needs.</summary>
public static class Problems
{
    /// <summary>The document of a rule's refusal.</summary>
    public static Answer From(Refusal refusal)
    {
        var (status, title, detail) = Words(refusal);
        return Of(status, refusal.Code, title, detail, writer => Figures(writer, refusal));
    }

    /// <summary>Any other problem, with members of its own.</summary>
    public static Answer Of(int status, string code, string title, string detail, Action<Utf8JsonWriter>? figures = null, int retryAfterSeconds = 0) => new()
    {
        Status = status,
        RetryAfterSeconds = retryAfterSeconds,
        Body = JsonText.Object(writer =>
        {
            writer.WriteString("type", $"urn:scheduler:{code}");
            writer.WriteString("title", title);
            writer.WriteNumber("status", status);
            writer.WriteString("code", code);
            writer.WriteString("detail", detail);
            figures?.Invoke(writer);
        }),
    };

    /// <summary>400: every bad field is listed, by its path in the body.</summary>
    public static Answer Invalid(IEnumerable<FieldFault> faults) => Of(
        400, "invalid", "The request cannot be read as it stands.", "Mend the fields listed under errors and send it again.", writer =>
        {
            writer.WriteStartObject("errors");
            foreach (var field in faults.GroupBy(fault => fault.Field, StringComparer.Ordinal))
            {
                writer.WriteStartArray(field.Key);
                foreach (var fault in field)
                    writer.WriteStringValue(fault.Fault);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        });

    /// <summary>401.</summary>
    public static Answer NotSignedIn() => Of(401, "not_signed_in", "Nobody is signed in.", "Send Authorization: Bearer with an API key that is valid.");

    /// <summary>403, for a role that may never do this.</summary>
    public static Answer Forbidden(string detail = "Your role may not do this.") => Of(403, "forbidden", "Not allowed.", detail);

    /// <summary>404: not there, or not yours; the two look exactly alike (R14).</summary>
    public static Answer NotFound() => Of(404, "not_found", "There is no such thing.", "Nothing in your reach stands under this address.");

    /// <summary>412.</summary>
    public static Answer Stale() => Of(412, "stale", "It has changed since you read it.", "Read it again, and repeat the change with its new ETag.");

    /// <summary>422: a known key with other content (R13).</summary>
    public static Answer KeyReused() => Of(
        422, "idempotency_key_reused", "This idempotency key was used for another call.", "Use a fresh Idempotency-Key for a call with other content.");

    /// <summary>429.</summary>
    public static Answer Busy() => Of(429, "busy", "Too much at once.", "Repeat the call after a moment, with the same Idempotency-Key.", retryAfterSeconds: 1);

    /// <summary>503 for a reading, and for a change of which it is certain that it was not made. Where that cannot be known, the door says so in other words.</summary>
    public static Answer Unavailable() => Of(
        503, "unavailable", "The ledger cannot be reached just now.", "Nothing was changed. Repeat the call after a moment, with the same Idempotency-Key.", retryAfterSeconds: 2);

    /// <summary>409 for a capacity below what is booked and held (R3), naming the bookings and holds in the short hours.</summary>
    public static Answer CapacityBelowBooked(
        IEnumerable<(Instant Start, int Seats)> slots, ImmutableArray<Booking> bookings, ImmutableArray<Hold> holds) => Of(
        409, "capacity_below_booked", "More seats are booked than would be left.", "Move the bookings first, or repeat with force and a reason to record a shortfall.", writer =>
        {
            WriteShortfall(writer, "slots", slots);
            writer.Write("bookings", bookings.Select(booking => booking.Id.ToString()));
            writer.Write("holds", holds.Select(hold => hold.Id.ToString()));
        });

    /// <summary>Slots with the seats that are too many there: <c>[ { "start", "seats" } ]</c>.</summary>
    public static void WriteShortfall(Utf8JsonWriter writer, string name, IEnumerable<(Instant Start, int Seats)> slots)
    {
        writer.WriteStartArray(name);
        foreach (var (start, seats) in slots)
        {
            writer.WriteStartObject();
            writer.Write("start", start);
            writer.WriteNumber("seats", seats);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static (int Status, string Title, string Detail) Words(Refusal refusal) => refusal switch
    {
        Refusal.BookingCancelled => (409, "The booking was cancelled.", "Book anew."),
        Refusal.SittingBegun => (422, "The sitting has begun.", "It can be neither cancelled nor changed any more."),
        Refusal.CutoffPassed r => (422, "It is too late to move this booking.", $"Moving needs {r.DaysNeeded} days; {r.DaysGiven} are left. Cancelling still frees the seats."),
        Refusal.HoldLapsed => (409, "The hold is no more.", "Its time ran out, or it was given back. Book or hold anew."),
        Refusal.HoldConfirmed r => (409, "The hold is a booking already.", $"It became booking {r.Booking}."),
        Refusal.UnknownExam r => (404, "There is no such exam.", $"'{r.Exam}' is not in the catalogue; GET /api/v1/exams lists it."),
        Refusal.UnknownPool r => (404, "There is no such pool.", $"'{r.Pool}' is not known; GET /api/v1/pools lists them."),
        Refusal.PoolCannotServeExam r => (422, "This pool cannot serve this exam.", $"Pools that can: {string.Join(", ", r.Pools)}."),
        Refusal.ModeNotOffered r => (422, "The exam is not sat in this mode.", $"Modes offered: {string.Join(", ", r.Modes.Select(JsonText.Text))}."),
        Refusal.NotOnSlot r => (422, "No block starts then.", $"Blocks start at whole hours of the pool's zone, and cannot cross a gap of the clock; the next starts at {JsonText.Text(r.NextStart)}."),
        Refusal.NotReady r => (422, "The institution is not ready to book.", $"Still open: {string.Join(", ", r.Open)}."),
        Refusal.Past => (422, "That is over.", "Choose a start that is yet to come."),
        Refusal.Horizon r => (422, "That is too far ahead.", $"The exam day may be at most {r.HorizonDays} days away, so {JsonText.Text(r.LatestDate)} at the latest; this one is {r.DaysGiven}."),
        Refusal.LeadTimeShort r => (422, "Too short notice.", r.EarliestDate is { } date
            ? $"{r.DaysNeeded} days of notice are needed, {r.DaysGiven} were given; the earliest date is {JsonText.Text(date)}."
            : $"{r.DaysNeeded} days of notice are needed, {r.DaysGiven} were given; no date within the horizon would do."),
        Refusal.Collecting r => (422, "The season still collects requests.", $"Queue a request now; booking opens at {JsonText.Text(r.OpensAt)}."),
        Refusal.ProctorsExceeded r => (422, "Not enough trained proctors.", $"{r.Proctors} proctors leave room for {r.CandidatesFree} more candidates online then."),
        Refusal.LabSeatsExceeded r => (422, "Not enough workstations.", $"{r.LabSeats} workstations leave room for {r.CandidatesFree} more candidates then."),
        Refusal.VouchersShort r => (422, "Not enough vouchers.", $"{r.Missing} more are needed that are valid on the exam day."),
        Refusal.HoldLimit r => (422, "Too much is held.", $"At most {r.MaxHolds} holds and {r.MaxHeldSeats} seats at once; confirm or release one."),
        Refusal.Closed => (422, "The pool is closed then.", "An hour of the block has no capacity."),
        Refusal.SlotFull r => (409, "Not enough seats are free.", r.Alternatives.IsEmpty
            ? "No other start within a week fits; join the waitlist for this block."
            : "Book one of the alternatives, or join the waitlist for this block."),
        Refusal.FairShareExceeded r => (422, "More than the fair share of a slot.", $"In season an institution has at most {r.SeatsAllowed} seats of this slot until the last week of booking; it has {r.SeatsHeld}."),
        Refusal.QueueFull r => (422, "Too many requests wait.", $"At most {r.MaxQueued} wait in one queue; take some back."),
        Refusal.RequestPlaced r => (409, "The request was served.", $"It became booking {r.Booking}; cancel that instead."),
        Refusal.SittingNotBegun => (422, "The sitting has not begun.", "Tell how many sat once it has."),
        Refusal.MoreThanBooked r => (422, "More than were booked.", $"{r.Seats} seats were booked."),
        _ => throw new UnreachableException(),
    };

    private static void Figures(Utf8JsonWriter writer, Refusal refusal)
    {
        switch (refusal)
        {
            case Refusal.HoldConfirmed r:
                writer.WriteString("booking", r.Booking.Value);
                break;
            case Refusal.RequestPlaced r:
                writer.WriteString("booking", r.Booking.Value);
                break;
            case Refusal.NotReady r:
                writer.Write("open", r.Open);
                break;
            case Refusal.NotOnSlot r:
                writer.Write("nextStart", r.NextStart);
                break;
            case Refusal.Horizon r:
                writer.WriteNumber("daysGiven", r.DaysGiven);
                writer.WriteNumber("horizonDays", r.HorizonDays);
                writer.Write("latestDate", r.LatestDate);
                break;
            case Refusal.CutoffPassed r:
                writer.WriteNumber("daysGiven", r.DaysGiven);
                writer.WriteNumber("daysNeeded", r.DaysNeeded);
                break;
            case Refusal.LeadTimeShort r:
                writer.WriteNumber("daysGiven", r.DaysGiven);
                writer.WriteNumber("daysNeeded", r.DaysNeeded);
                writer.WriteString("earliestDate", r.EarliestDate is { } date ? JsonText.Text(date) : null);
                break;
            case Refusal.Collecting r:
                writer.Write("opensAt", r.OpensAt);
                break;
            case Refusal.ProctorsExceeded r:
                writer.WriteNumber("proctors", r.Proctors);
                writer.WriteNumber("candidatesFree", r.CandidatesFree);
                break;
            case Refusal.LabSeatsExceeded r:
                writer.WriteNumber("labSeats", r.LabSeats);
                writer.WriteNumber("candidatesFree", r.CandidatesFree);
                break;
            case Refusal.VouchersShort r:
                WriteVouchers(writer, r);
                break;
            case Refusal.HoldLimit r:
                writer.WriteNumber("maxHolds", r.MaxHolds);
                writer.WriteNumber("maxHeldSeats", r.MaxHeldSeats);
                break;
            case Refusal.Closed r:
                writer.Write("closed", r.Hours.Select(JsonText.Text));
                break;
            case Refusal.SlotFull r:
                WriteRoom(writer, r);
                break;
            case Refusal.FairShareExceeded r:
                writer.Write("slot", r.Slot);
                writer.WriteNumber("seatsAllowed", r.SeatsAllowed);
                writer.WriteNumber("seatsHeld", r.SeatsHeld);
                break;
            case Refusal.QueueFull r:
                writer.WriteNumber("maxQueued", r.MaxQueued);
                break;
        }
    }

    private static void WriteVouchers(Utf8JsonWriter writer, Refusal.VouchersShort refusal)
    {
        writer.WriteNumber("vouchersShort", refusal.Missing);
        writer.WriteStartArray("packs");
        foreach (var pack in refusal.Packs)
        {
            writer.WriteStartObject();
            writer.WriteString("id", pack.Id.Value);
            writer.WriteNumber("remaining", pack.Remaining);
            writer.Write("purchasedOn", pack.PurchasedOn);
            writer.Write("expiresOn", pack.ExpiresOn);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRoom(Utf8JsonWriter writer, Refusal.SlotFull refusal)
    {
        writer.Write("freeSeats", refusal.Slots.Select(room => room.Free));
        writer.Write("missing", refusal.Slots.Select(room => room.Missing));
        writer.WriteStartArray("slots");
        foreach (var room in refusal.Slots)
        {
            writer.WriteStartObject();
            writer.Write("start", room.Start);
            writer.WriteNumber("freeSeats", room.Free);
            writer.WriteNumber("missing", room.Missing);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("alternatives");
        foreach (var alternative in refusal.Alternatives)
        {
            writer.WriteStartObject();
            writer.Write("start", alternative.Start);
            writer.WriteNumber("free", alternative.Free);
            writer.Write("freePerSlot", alternative.FreePerSlot);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
