using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>R15, R8: compares each institution's counters with its trail, its online bookings and those of them that are overseen.</summary>
internal static class TrailCounts
{
    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var online = Count(rows.Bookings.Where(booking => booking is { Status: BookingStatus.Confirmed, Sitting.Mode: DeliveryMode.Online }));
        var overseen = Count(rows.Bookings.Where(booking => booking is { Status: BookingStatus.Confirmed, Overseen: true }));
        foreach (var line in rows.Institutions)
        {
            if (line.Entries != line.TrailRows || line.Entries != line.LastEntry)
                yield return new("R15", line.Id, $"{line.Entries} entries are counted, {line.TrailRows} are there, the last is number {line.LastEntry}");
            if (line.Online != online.GetValueOrDefault(line.Id))
                yield return new("R8", line.Id, $"{line.Online} online bookings are counted, {online.GetValueOrDefault(line.Id)} are there");
            if (line.Overseen != overseen.GetValueOrDefault(line.Id))
                yield return new("R8", line.Id, $"{line.Overseen} overseen bookings are counted, {overseen.GetValueOrDefault(line.Id)} are there");
        }
    }

    private static Dictionary<string, int> Count(IEnumerable<Booking> bookings) =>
        bookings.GroupBy(booking => booking.Sitting.Institution.Text).ToDictionary(group => group.Key, group => group.Count());
}
