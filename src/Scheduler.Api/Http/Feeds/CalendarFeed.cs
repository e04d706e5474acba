using System.Collections.Immutable;
using Ical.Net;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The bookings of an institution as an iCalendar document (RFC 5545, RFC 7986). An entry keeps its UID for ever, and a cancelled booking stays as a cancelled
/// entry, so that calendars remove it. Times are instants, so that no calendar needs the rules of a zone.
/// </summary>
internal static class CalendarFeed
{
    public const string MediaType = "text/calendar";

    /// <summary>How often calendars should read the feed again.</summary>
    private const string Refresh = "PT1H";

    /// <summary>The document.</summary>
    /// <param name="institution">The institution of the feed.</param>
    /// <param name="entries">The bookings, each with the instant of its last change.</param>
    /// <param name="catalogue">The names of exams, pools and schools.</param>
    /// <param name="origin">The address of this server.</param>
    public static string Of(Institution institution, IEnumerable<(Booking Booking, Instant Changed)> entries, Catalogue catalogue, string origin)
    {
        var calendar = new Calendar { ProductId = "-//Scheduler//Bookings//EN" };
        calendar.AddProperty("X-WR-CALNAME", institution.Name);
        calendar.AddProperty("NAME", institution.Name);
        var refresh = new CalendarProperty("REFRESH-INTERVAL", Refresh);
        refresh.AddParameter("VALUE", "DURATION");
        calendar.Properties.Add(refresh);
        calendar.AddProperty("X-PUBLISHED-TTL", Refresh);
        foreach (var (booking, changed) in entries)
            calendar.Events.Add(Event(booking, institution, catalogue, changed, origin));
        return new CalendarSerializer().SerializeToString(calendar)!;
    }

    private static CalendarEvent Event(Booking booking, Institution institution, Catalogue catalogue, Instant changed, string origin)
    {
        var sitting = booking.Sitting;
        var isCancelled = booking.Status == BookingStatus.Cancelled;
        var exam = catalogue.Exams.TryGetValue(sitting.Exam, out var known) ? known.Value.Name : sitting.Exam.Text;
        // The feed of a board names the school of each sitting.
        var school = sitting.Institution == institution.Id ? "" : $"{catalogue.Institutions[sitting.Institution].Value.Name}: ";
        var pool = catalogue.Pools.TryGetValue(sitting.Pool, out var place) ? place.Value.Name : sitting.Pool.Text;
        return new()
        {
            Uid = $"{booking.Id}@scheduler",
            // Without a METHOD, this is the last change of the entry (RFC 5545, 3.8.7.2): so an entry that did not change reads the same every time.
            DtStamp = Utc(changed),
            LastModified = Utc(changed),
            Start = Utc(sitting.Start),
            End = Utc(sitting.End),
            Sequence = booking.Version - 1,
            Status = isCancelled ? EventStatus.Cancelled : EventStatus.Confirmed,
            Transparency = isCancelled ? TransparencyType.Transparent : TransparencyType.Opaque,
            Summary = $"{school}{exam}, {sitting.Seats}",
            Description = string.Join('\n', new[] { sitting.Reference, string.Join(" > ", sitting.Profile.Seats) }.Where(line => !string.IsNullOrEmpty(line))),
            Location = pool,
            Url = new($"{origin}{BookPaths.Booking(booking.Id)}"),
        };
    }

    private static CalDateTime Utc(Instant at)
    {
        var utc = at.InUtc();
        return new(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, utc.Second, CalDateTime.UtcTzId);
    }
}
