using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// R7: checks the vouchers of every pack against the vouchers that bookings and holds set aside and that late changes forfeited, and checks the vouchers of
/// each booking and hold by the terms that the booking or hold keeps (R15).
/// </summary>
internal static class VoucherSums
{
    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var taken = new Dictionary<PackId, int>();
        var live = rows.Bookings.Where(booking => booking.Status == BookingStatus.Confirmed)
            .Select(booking => (Name: $"booking {booking.Id}", Id: booking.Id.Value, booking.Sitting))
            .Concat(rows.Holds.Where(hold => hold.Status == HoldStatus.Held)
                .Select(hold => (Name: $"hold {hold.Id}", Id: hold.Id.Value, hold.Sitting))).ToList();
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
        var examDays = new ExamDays(rows);
        foreach (var finding in live.SelectMany(one => Of(one.Name, one.Sitting, packs, examDays.Of(one.Id, one.Sitting))))
            yield return finding;
    }

    private static IEnumerable<Finding> Of(string name, Sitting sitting, Dictionary<PackId, PackLine> packs, IReadOnlyList<LocalDate> examDays)
    {
        var count = sitting.Vouchers.Sum(draw => draw.Vouchers);
        if (count != sitting.Seats)
            yield return new("R7", name, $"{sitting.Seats} candidates, but {count} vouchers set aside");
        foreach (var draw in sitting.Vouchers)
        {
            if (!packs.TryGetValue(draw.Pack, out var line))
                continue;
            if (line.Institution != sitting.Institution)
                yield return new("R7", name, $"its vouchers are of {line.Institution}, it is of {sitting.Institution}");
            if (sitting.Terms.Programme != line.Pack.Programme)
                yield return new("R7", name, $"its vouchers are for {line.Pack.Programme}, it was promised for {sitting.Terms.Programme}");
            var last = line.Pack.PurchasedOn.PlusYears(1);
            if (examDays.Count > 0 && examDays.All(day => day < line.Pack.PurchasedOn || day > last))
            {
                var dates = $"{line.Pack.PurchasedOn:uuuu-MM-dd} to {last:uuuu-MM-dd}";
                yield return new("R7", name, $"its vouchers are valid from {dates}, it is on {examDays[^1]:uuuu-MM-dd}");
            }
        }
    }
}
