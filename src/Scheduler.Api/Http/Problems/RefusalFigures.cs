using System.Collections.Immutable;
using System.Text.Json;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The figures of each refusal, as members of its problem document. Beside every start stand <c>localStart</c> and <c>zone</c>: the institution's zone, or the
/// pool's when an operator changes a pool's capacity (R1).
/// </summary>
internal readonly struct RefusalFigures(Utf8JsonWriter writer, DateTimeZone zone)
{
    public void WriteOf(Refusal refusal)
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
                Write("pools", r.Pools.Select(TextForms.Pool.Write));
                break;
            case Refusal.ModeNotOffered r:
                Write("modes", r.Modes.Select(TextForms.Mode.Write));
                break;
            case Refusal.NotReady r:
                Write("open", r.Open);
                break;
            case Refusal.NotOnSlot r:
                WriteStart("nextStart", r.NextStart);
                break;
            case Refusal.Horizon r:
                writer.WriteNumber("daysGiven", r.DaysGiven);
                writer.WriteNumber("horizonDays", r.HorizonDays);
                Write("latestDate", r.LatestDate);
                break;
            case Refusal.CutoffPassed r:
                writer.WriteNumber("daysGiven", r.DaysGiven);
                writer.WriteNumber("daysNeeded", r.DaysNeeded);
                break;
            case Refusal.LeadTimeShort r:
                LeadTimeTexts.Write(writer, r);
                break;
            case Refusal.Collecting r:
                Write("opensAt", r.OpensAt);
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
                Write(r);
                break;
            case Refusal.HoldLimit r:
                writer.WriteNumber("maxHolds", r.MaxHolds);
                writer.WriteNumber("maxHeldSeats", r.MaxHeldSeats);
                break;
            case Refusal.Closed r:
                Write(r);
                break;
            case Refusal.SlotFull r:
                Write(r);
                break;
            case Refusal.FairShareExceeded r:
                WriteStart("slot", r.Slot);
                writer.WriteNumber("seatsAllowed", r.SeatsAllowed);
                writer.WriteNumber("seatsHeld", r.SeatsHeld);
                writer.WriteNumber("seatsLeft", r.SeatsLeft);
                break;
            case Refusal.NeverFits r:
                writer.WriteNumber("greatestCapacity", r.GreatestCapacity);
                break;
            case Refusal.NoCandidates r:
                CandidateTexts.Write(writer, r);
                break;
            case Refusal.BelowPlaced r:
                writer.WriteNumber("placedSeats", r.PlacedSeats);
                break;
            case Refusal.RequestClosed r:
                writer.WriteString("requestStatus", TextForms.RequestStatus.Write(r.Status));
                break;
            case Refusal.QueueFull r:
                writer.WriteNumber("maxQueued", r.MaxQueued);
                break;
            case Refusal.Retired r:
                writer.WriteString("kind", r.Kind);
                writer.WriteString("id", r.Id);
                break;
            case Refusal.InUse r:
                Write(r);
                break;
            case Refusal.HorizonTooShort r:
                HorizonTexts.Write(writer, r);
                break;
            case Refusal.CapacityBelowBooked r:
                Write(r);
                break;
            case Refusal.PackInUse r:
                Write(r);
                break;
            case Refusal.PlanRunning r:
                writer.WriteString("plan", r.Plan.Value);
                break;
            case Refusal.TooManyPlans r:
                writer.WriteNumber("maxRunning", r.MaxRunning);
                break;
            case Refusal.PlanNotReady r:
                writer.WriteString("planStatus", PlanTexts.Status.Write(r.Status));
                break;
        }
    }

    private void Write(Refusal.VouchersShort refusal)
    {
        writer.WriteNumber("vouchersShort", refusal.Missing);
        writer.WriteStartArray("packs");
        foreach (var pack in refusal.Packs)
        {
            writer.WriteStartObject();
            writer.WriteString("id", pack.Id.Value);
            writer.WriteNumber("remaining", pack.Remaining);
            Write("purchasedOn", pack.PurchasedOn);
            Write("expiresOn", pack.ExpiresOn);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Write(Refusal.Closed refusal)
    {
        Write("closed", refusal.Hours.Select(TextForms.Instant.Write));
        writer.WriteStartArray("slots");
        foreach (var hour in refusal.Hours)
        {
            writer.WriteStartObject();
            WriteStart("start", hour);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Write(Refusal.SlotFull refusal)
    {
        Write("freeSeats", refusal.Slots, static room => room.Free);
        Write("missing", refusal.Slots, static room => room.Missing);
        writer.WriteStartArray("slots");
        foreach (var room in refusal.Slots)
        {
            writer.WriteStartObject();
            WriteStart("start", room.Start);
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
            WriteStart("start", alternative.Start);
            writer.WriteNumber("free", alternative.Free);
            Write("freePerSlot", alternative.FreePerSlot, static free => free);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Write(Refusal.CapacityBelowBooked refusal)
    {
        writer.WriteStartArray("slots");
        foreach (var slot in refusal.Slots)
        {
            writer.WriteStartObject();
            WriteStart("start", slot.Start);
            writer.WriteNumber("seats", slot.Seats);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        Write(refusal.Bookings, refusal.BookingsTotal, refusal.Holds, refusal.HoldsTotal);
    }

    private void Write(Refusal.PackInUse refusal)
    {
        writer.WriteNumber("vouchersTaken", refusal.VouchersTaken);
        Write(refusal.Bookings, refusal.BookingsTotal, refusal.Holds, refusal.HoldsTotal);
    }

    private void Write(ImmutableArray<BookingId> bookings, int bookingsTotal, ImmutableArray<HoldId> holds, int holdsTotal)
    {
        Write("bookings", bookings.Select(booking => booking.ToString()));
        writer.WriteNumber("bookingsTotal", bookingsTotal);
        Write("holds", holds.Select(hold => hold.ToString()));
        writer.WriteNumber("holdsTotal", holdsTotal);
    }

    private void Write(Refusal.InUse refusal)
    {
        var touches = refusal.Touches;
        Write("bookings", touches.Bookings.Select(booking => booking.ToString()));
        Write("holds", touches.Holds.Select(hold => hold.ToString()));
        Write("requests", touches.Requests.Select(request => request.ToString()));
        Write("institutions", refusal.Institutions.Select(institution => institution.Text));
        writer.WriteStartObject("total");
        writer.WriteNumber("bookings", touches.BookingCount);
        writer.WriteNumber("holds", touches.HoldCount);
        writer.WriteNumber("requests", touches.RequestCount);
        writer.WriteEndObject();
    }

    private void WriteStart(string name, Instant start)
    {
        Write(name, start);
        writer.WriteString("localStart", TextForms.LocalTime.Write(LocalStart.Shown(zone, start)));
        writer.WriteString("zone", zone.Id);
    }

    private void Write(string name, Instant instant) => writer.WriteString(name, TextForms.Instant.Write(instant));

    private void Write(string name, LocalDate? date) => writer.WriteString(name, date is { } day ? TextForms.Date.Write(day) : null);

    private void Write(string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private void Write<T>(string name, ImmutableArray<T> entries, Func<T, int> number)
    {
        writer.WriteStartArray(name);
        foreach (var entry in entries)
            writer.WriteNumberValue(number(entry));
        writer.WriteEndArray();
    }
}
