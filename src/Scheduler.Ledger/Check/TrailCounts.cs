using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>R15, R8: compares each institution's counters with its trail and its online bookings.</summary>
internal static class TrailCounts
{
    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var online = rows.Bookings.Where(booking => booking is { Status: BookingStatus.Confirmed, Sitting.Mode: DeliveryMode.Online })
            .GroupBy(booking => booking.Sitting.Institution.Text).ToDictionary(group => group.Key, group => group.Count());
        foreach (var line in rows.Institutions)
        {
            if (line.Entries != line.TrailRows || line.Entries != line.LastEntry)
                yield return new("R15", line.Id, $"{line.Entries} entries are counted, {line.TrailRows} are there, the last is number {line.LastEntry}");
            if (line.Online != online.GetValueOrDefault(line.Id))
                yield return new("R8", line.Id, $"{line.Online} online bookings are counted, {online.GetValueOrDefault(line.Id)} are there");
        }
    }
}
