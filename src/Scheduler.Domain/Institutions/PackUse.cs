using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>Where the vouchers of a pack are (R7). The parts always add up to the pack's quantity.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="SetAside">Vouchers of confirmed bookings that have not ended, and of live holds.</param>
/// <param name="Used">Vouchers of confirmed bookings that have ended.</param>
/// <param name="Forfeited">Vouchers that late cancellations and late changes lost.</param>
public sealed record PackUse(Pack Pack, int SetAside, int Used, int Forfeited)
{
    /// <summary>Vouchers left. A void pack gives none of them.</summary>
    public int Left => Pack.Quantity - SetAside - Used - Forfeited;

    /// <summary>The use of each pack, in the order of the packs.</summary>
    /// <param name="packs">The packs of one institution.</param>
    /// <param name="bookings">All of its bookings, of every status.</param>
    /// <param name="holds">Its holds; those that are not live take nothing (R10).</param>
    /// <param name="now">The present instant.</param>
    public static ImmutableArray<PackUse> Of(IEnumerable<Pack> packs, IEnumerable<Booking> bookings, IEnumerable<Hold> holds, Instant now)
    {
        var (setAside, used, forfeited) = (new Dictionary<PackId, int>(), new Dictionary<PackId, int>(), new Dictionary<PackId, int>());
        foreach (var booking in bookings)
        {
            if (booking.Status == BookingStatus.Confirmed)
                Add(now < booking.Sitting.End ? setAside : used, booking.Sitting.Vouchers);
            Add(forfeited, booking.Forfeited);
        }

        foreach (var hold in holds.Where(hold => hold.IsLive(now)))
            Add(setAside, hold.Sitting.Vouchers);
        return
        [
            .. packs.Select(pack => new PackUse(
                pack, setAside.GetValueOrDefault(pack.Id), used.GetValueOrDefault(pack.Id), forfeited.GetValueOrDefault(pack.Id))),
        ];
    }

    private static void Add(Dictionary<PackId, int> sums, ImmutableArray<VoucherDraw> draws)
    {
        foreach (var draw in draws)
            sums[draw.Pack] = sums.GetValueOrDefault(draw.Pack) + draw.Vouchers;
    }
}
