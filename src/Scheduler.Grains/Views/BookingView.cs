using System.Text.Json;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>Bookings, holds and requests as HTTP shows them.</summary>
public static class BookingView
{
    /// <summary>A booking's members.</summary>
    public static void Write(Utf8JsonWriter writer, Booking booking)
    {
        writer.WriteString("id", booking.Id.Value);
        Write(writer, booking.Sitting);
        writer.WriteString("status", booking.Status == BookingStatus.Confirmed ? "confirmed" : "cancelled");
        writer.WriteBoolean("overseen", booking.Overseen);
        writer.WriteOrNull("attended", booking.Attended);
        writer.WriteNumber("version", booking.Version);
    }

    /// <summary>A hold's members, its status as of <paramref name="now"/>.</summary>
    public static void Write(Utf8JsonWriter writer, Hold hold, Instant now)
    {
        writer.WriteString("id", hold.Id.Value);
        Write(writer, hold.Sitting);
        writer.WriteString("status", Text(hold.StatusAt(now)));
        writer.Write("expiresAt", hold.ExpiresAt);
        if (hold.Booking is { } booking)
            writer.WriteString("booking", booking.Value);
        else
            writer.WriteNull("booking");
        writer.WriteNumber("version", hold.VersionAt(now));
    }

    /// <summary>A request's members; position in its queue and rank among all who wait for the block, where it waits, are null otherwise.</summary>
    public static void Write(Utf8JsonWriter writer, Request request, int? position, int? rank)
    {
        writer.WriteString("id", request.Id.Value);
        writer.WriteString("kind", "waitlist");
        writer.WriteString("institution", request.Institution.Text);
        writer.WriteString("exam", request.Exam.Text);
        writer.WriteString("pool", request.Pool.Text);
        writer.Write("preferredStart", request.PreferredStart);
        writer.WriteNumber("seats", request.Seats);
        writer.Write("seatProfile", request.Profile.Seats);
        writer.WriteString("mode", JsonText.Text(request.Mode));
        Write(writer, request.Accommodations);
        writer.WriteNumber("weight", request.Weight);
        writer.WriteString("status", Text(request.Status));
        writer.WriteOrNull("position", position);
        writer.WriteOrNull("rank", rank);
        writer.WriteNumber("candidates", 1);
        if (request.Booking is { } booking)
            writer.WriteString("booking", booking.Value);
        else
            writer.WriteNull("booking");
        if (request.PassedOver is { } passedOver)
        {
            writer.WriteStartObject("passedOver");
            writer.Write("at", passedOver.At);
            writer.WriteString("why", passedOver.Why);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("passedOver");
        }

        writer.WriteNumber("version", request.Version);
    }

    /// <summary>A pack's members.</summary>
    public static void Write(Utf8JsonWriter writer, InstitutionId institution, Pack pack)
    {
        writer.WriteString("id", pack.Id.Value);
        writer.WriteString("institution", institution.Text);
        writer.WriteString("programme", pack.Programme);
        writer.WriteNumber("quantity", pack.Quantity);
        writer.WriteNumber("remaining", pack.Remaining);
        writer.Write("purchasedOn", pack.PurchasedOn);
        writer.Write("expiresOn", pack.ExpiresOn);
    }

    /// <summary>The word for a request's status.</summary>
    public static string Text(RequestStatus status) => status switch
    {
        RequestStatus.Queued => "queued",
        RequestStatus.Placed => "placed",
        RequestStatus.Withdrawn => "withdrawn",
        _ => "expired",
    };

    /// <summary>The word for a hold's status.</summary>
    public static string Text(HoldStatus status) => status switch
    {
        HoldStatus.Held => "held",
        HoldStatus.Confirmed => "confirmed",
        HoldStatus.Released => "released",
        _ => "lapsed",
    };

    private static void Write(Utf8JsonWriter writer, Sitting sitting)
    {
        writer.WriteString("institution", sitting.Institution.Text);
        writer.WriteString("exam", sitting.Exam.Text);
        writer.WriteString("pool", sitting.Pool.Text);
        writer.Write("start", sitting.Start);
        writer.Write("end", sitting.End);
        writer.WriteNumber("seats", sitting.Seats);
        writer.Write("seatProfile", sitting.Profile.Seats);
        writer.WriteString("mode", JsonText.Text(sitting.Mode));
        Write(writer, sitting.Accommodations);
        writer.WriteString("reference", sitting.Reference);
        writer.WriteString("overrideReason", sitting.OverrideReason);
        writer.WriteStartArray("vouchers");
        foreach (var draw in sitting.Vouchers)
        {
            writer.WriteStartObject();
            writer.WriteString("pack", draw.Pack.Value);
            writer.WriteNumber("vouchers", draw.Vouchers);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, IEnumerable<Accommodation> accommodations)
    {
        writer.WriteStartArray("accommodations");
        foreach (var group in accommodations)
        {
            writer.WriteStartObject();
            writer.WriteNumber("candidates", group.Candidates);
            writer.WriteNumber("extraTimePercent", group.ExtraTimePercent);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
