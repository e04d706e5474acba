using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Bookings as rows of a table for a spreadsheet. Times are local times of the institution, each row with its zone.</summary>
internal static class BookingTable
{
    /// <summary>The names of the columns: those of the members of a booking.</summary>
    public static readonly ImmutableArray<string> Heads =
    [
        "localStart", "localEnd", "zone", "exam", "programme", "pool", "mode", "seats", "seatProfile", "extraTime", "reference", "status", "attended", "id",
    ];

    /// <summary>The cells of a booking, in the order of the heads: texts and numbers.</summary>
    public static IReadOnlyList<object?> Row(Booking booking, DateTimeZone zone)
    {
        var sitting = booking.Sitting;
        return
        [
            Local(sitting.Start, zone), Local(sitting.End, zone), zone.Id, sitting.Exam.Text,
            sitting.Terms == ExamTerms.Unknown ? null : sitting.Terms.Programme, sitting.Pool.Text, TextForms.Mode.Write(sitting.Mode), sitting.Seats,
            sitting.Profile.ToString(), AccommodationsForm.Groups.Write(sitting.Accommodations), sitting.Reference,
            TextForms.BookingStatus.Write(booking.Status), booking.Attended, booking.Id.ToString(),
        ];
    }

    /// <summary>The same cells as texts.</summary>
    public static IReadOnlyList<string> Texts(IReadOnlyList<object?> row) =>
        [.. row.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")];

    private static string Local(Instant at, DateTimeZone zone) => TextForms.LocalTime.Write(at.InZone(zone).LocalDateTime);
}
