using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// R7: checks the vouchers of every pack against the vouchers that bookings and holds set aside and that late changes forfeited, and checks the vouchers of
/// each booking and hold.
/// </summary>
internal static class VoucherSums
{
    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var taken = new Dictionary<PackId, int>();
        var live = rows.Bookings.Where(booking => booking.Status == BookingStatus.Confirmed).Select(booking => (Name: $"booking {booking.Id}", booking.Sitting))
            .Concat(rows.Holds.Where(hold => hold.Status == HoldStatus.Held).Select(hold => (Name: $"hold {hold.Id}", hold.Sitting))).ToList();
        foreach (var draw in live.SelectMany(one => one.Sitting.Vouchers).Concat(rows.Bookings.SelectMany(booking => booking.Forfeited)))
            taken[draw.Pack] = taken.GetValueOrDefault(draw.Pack) + draw.Vouchers;
        foreach (var (_, pack) in rows.Packs)
        {
            var sum = taken.Remove(pack.Id, out var vouchers) ? vouchers : 0;
            if (pack.Taken != sum)
                yield return new("R7", $"pack {pack.Id}", $"{pack.Taken} vouchers are counted as taken, bookings and holds took {sum}");
            if (sum > pack.Quantity)
                yield return new("R7", $"pack {pack.Id}", $"{sum} vouchers of {pack.Quantity} are taken");
        }

        foreach (var (pack, vouchers) in taken)
            yield return new("R7", $"pack {pack}", $"{vouchers} vouchers are taken of a pack that is not there");
        var packs = rows.Packs.ToDictionary(line => line.Pack.Id);
        foreach (var finding in live.SelectMany(one => Of(one.Name, one.Sitting, packs, rows.Catalogue)))
            yield return finding;
    }

    private static IEnumerable<Finding> Of(string name, Sitting sitting, Dictionary<PackId, PackLine> packs, Catalogue catalogue)
    {
        var count = sitting.Vouchers.Sum(draw => draw.Vouchers);
        if (count != sitting.Seats)
            yield return new("R7", name, $"{sitting.Seats} candidates, but {count} vouchers set aside");
        if (!catalogue.Institutions.TryGetValue(sitting.Institution, out var institution))
            yield break;
        var examDay = sitting.Start.InZone(institution.Value.Zone).Date;
        foreach (var draw in sitting.Vouchers)
        {
            if (!packs.TryGetValue(draw.Pack, out var line))
                continue;
            if (line.Institution != sitting.Institution)
                yield return new("R7", name, $"its vouchers are of {line.Institution}, it is of {sitting.Institution}");
            if (catalogue.Exams.TryGetValue(sitting.Exam, out var exam) && exam.Value.Programme != line.Pack.Programme)
                yield return new("R7", name, $"its vouchers are for {line.Pack.Programme}, its exam is of {exam.Value.Programme}");
            var last = line.Pack.PurchasedOn.PlusYears(1);
            if (examDay < line.Pack.PurchasedOn || examDay > last)
            {
                var dates = $"{line.Pack.PurchasedOn:uuuu-MM-dd} to {last:uuuu-MM-dd}";
                yield return new("R7", name, $"its vouchers are valid from {dates}, it is on {examDay:uuuu-MM-dd}");
            }
        }
    }
}
