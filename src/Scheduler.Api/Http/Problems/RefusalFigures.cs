using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The figures of each refusal, as members of its problem document.</summary>
internal static class RefusalFigures
{
    public static void Write(Utf8JsonWriter writer, Refusal refusal)
    {
        switch (refusal)
        {
            case Refusal.HoldConfirmed r:
                writer.WriteString("booking", r.Booking.Value);
                break;
            case Refusal.RequestPlaced r:
                writer.WriteString("booking", r.Booking.Value);
                break;
            case Refusal.PoolCannotServeExam r:
                Write(writer, "pools", r.Pools.Select(TextForms.Pool.Write));
                break;
            case Refusal.ModeNotOffered r:
                Write(writer, "modes", r.Modes.Select(TextForms.Mode.Write));
                break;
            case Refusal.NotReady r:
                Write(writer, "open", r.Open);
                break;
            case Refusal.NotOnSlot r:
                Write(writer, "nextStart", r.NextStart);
                break;
            case Refusal.Horizon r:
                writer.WriteNumber("daysGiven", r.DaysGiven);
                writer.WriteNumber("horizonDays", r.HorizonDays);
                Write(writer, "latestDate", r.LatestDate);
                break;
            case Refusal.CutoffPassed r:
                writer.WriteNumber("daysGiven", r.DaysGiven);
                writer.WriteNumber("daysNeeded", r.DaysNeeded);
                break;
            case Refusal.LeadTimeShort r:
                writer.WriteNumber("daysGiven", r.DaysGiven);
                writer.WriteNumber("daysNeeded", r.DaysNeeded);
                Write(writer, "earliestDate", r.EarliestDate);
                break;
            case Refusal.Collecting r:
                Write(writer, "opensAt", r.OpensAt);
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
                Write(writer, r);
                break;
            case Refusal.HoldLimit r:
                writer.WriteNumber("maxHolds", r.MaxHolds);
                writer.WriteNumber("maxHeldSeats", r.MaxHeldSeats);
                break;
            case Refusal.Closed r:
                Write(writer, "closed", r.Hours.Select(TextForms.Instant.Write));
                break;
            case Refusal.SlotFull r:
                Write(writer, r);
                break;
            case Refusal.FairShareExceeded r:
                Write(writer, "slot", r.Slot);
                writer.WriteNumber("seatsAllowed", r.SeatsAllowed);
                writer.WriteNumber("seatsHeld", r.SeatsHeld);
                writer.WriteNumber("seatsLeft", r.SeatsLeft);
                break;
            case Refusal.NeverFits r:
                writer.WriteNumber("greatestCapacity", r.GreatestCapacity);
                break;
            case Refusal.QueueFull r:
                writer.WriteNumber("maxQueued", r.MaxQueued);
                break;
            case Refusal.Retired r:
                writer.WriteString("kind", r.Kind);
                writer.WriteString("id", r.Id);
                break;
            case Refusal.InUse r:
                Write(writer, r);
                break;
            case Refusal.CapacityBelowBooked r:
                Write(writer, r);
                break;
            case Refusal.PackInUse r:
                Write(writer, r);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, Refusal.VouchersShort refusal)
    {
        writer.WriteNumber("vouchersShort", refusal.Missing);
        writer.WriteStartArray("packs");
        foreach (var pack in refusal.Packs)
        {
            writer.WriteStartObject();
            writer.WriteString("id", pack.Id.Value);
            writer.WriteNumber("remaining", pack.Remaining);
            Write(writer, "purchasedOn", pack.PurchasedOn);
            Write(writer, "expiresOn", pack.ExpiresOn);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Refusal.SlotFull refusal)
    {
        Write(writer, "freeSeats", refusal.Slots, static room => room.Free);
        Write(writer, "missing", refusal.Slots, static room => room.Missing);
        writer.WriteStartArray("slots");
        foreach (var room in refusal.Slots)
        {
            writer.WriteStartObject();
            Write(writer, "start", room.Start);
            writer.WriteNumber("freeSeats", room.Free);
            writer.WriteNumber("missing", room.Missing);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteBoolean("waitlist", refusal.CanWait);
        writer.WriteStartArray("alternatives");
        foreach (var alternative in refusal.Alternatives)
        {
            writer.WriteStartObject();
            Write(writer, "start", alternative.Start);
            writer.WriteNumber("free", alternative.Free);
            Write(writer, "freePerSlot", alternative.FreePerSlot, static free => free);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, Refusal.CapacityBelowBooked refusal)
    {
        writer.WriteStartArray("slots");
        foreach (var slot in refusal.Slots)
        {
            writer.WriteStartObject();
            Write(writer, "start", slot.Start);
            writer.WriteNumber("seats", slot.Seats);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(writer, refusal.Bookings, refusal.BookingsTotal, refusal.Holds, refusal.HoldsTotal);
    }

    private static void Write(Utf8JsonWriter writer, Refusal.PackInUse refusal)
    {
        writer.WriteNumber("vouchersTaken", refusal.VouchersTaken);
        Write(writer, refusal.Bookings, refusal.BookingsTotal, refusal.Holds, refusal.HoldsTotal);
    }

    private static void Write(
        Utf8JsonWriter writer, ImmutableArray<BookingId> bookings, int bookingsTotal, ImmutableArray<HoldId> holds, int holdsTotal)
    {
        Write(writer, "bookings", bookings.Select(booking => booking.ToString()));
        writer.WriteNumber("bookingsTotal", bookingsTotal);
        Write(writer, "holds", holds.Select(hold => hold.ToString()));
        writer.WriteNumber("holdsTotal", holdsTotal);
    }

    private static void Write(Utf8JsonWriter writer, Refusal.InUse refusal)
    {
        var touches = refusal.Touches;
        Write(writer, "bookings", touches.Bookings.Select(booking => booking.ToString()));
        Write(writer, "holds", touches.Holds.Select(hold => hold.ToString()));
        Write(writer, "requests", touches.Requests.Select(request => request.ToString()));
        Write(writer, "institutions", refusal.Institutions.Select(institution => institution.Text));
        writer.WriteStartObject("total");
        writer.WriteNumber("bookings", touches.BookingCount);
        writer.WriteNumber("holds", touches.HoldCount);
        writer.WriteNumber("requests", touches.RequestCount);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, Instant instant) => writer.WriteString(name, TextForms.Instant.Write(instant));

    private static void Write(Utf8JsonWriter writer, string name, LocalDate? date) =>
        writer.WriteString(name, date is { } day ? TextForms.Date.Write(day) : null);

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static void Write<T>(Utf8JsonWriter writer, string name, ImmutableArray<T> entries, Func<T, int> number)
    {
        writer.WriteStartArray(name);
        foreach (var entry in entries)
            writer.WriteNumberValue(number(entry));
        writer.WriteEndArray();
    }
}
