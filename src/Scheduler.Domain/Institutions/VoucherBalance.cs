using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>The vouchers that an institution has of one programme, without the packs that have ended (R7).</summary>
/// <param name="Programme">The programme.</param>
/// <param name="Remaining">Vouchers left for new bookings, in all packs that have not ended; those of packs that begin later are included.</param>
/// <param name="SetAside">Vouchers of bookings that have not ended and of live holds.</param>
/// <param name="Periods">The same figures by the days on which the vouchers are valid: the vouchers that end first come first.</param>
public sealed record VoucherBalance(string Programme, int Remaining, int SetAside, ImmutableArray<VoucherPeriod> Periods)
{
    /// <summary>
    /// The balances of a state, by programme. The state must not contain bookings that have ended or holds that have lapsed; their vouchers then count as used
    /// and as left (R10). <paramref name="today"/> is the institution's local date: packs that ended before are not counted.
    /// </summary>
    public static ImmutableArray<VoucherBalance> Of(InstitutionState state, LocalDate today)
    {
        var setAside = new Dictionary<PackId, int>();
        var sittings = state.Bookings.Values.Select(booking => booking.Sitting).Concat(state.Holds.Values.Select(hold => hold.Sitting));
        foreach (var draw in sittings.SelectMany(sitting => sitting.Vouchers))
            setAside[draw.Pack] = setAside.GetValueOrDefault(draw.Pack) + draw.Vouchers;
        return
        [
            .. state.Packs.Values.GroupBy(pack => pack.Programme, StringComparer.Ordinal)
                .OrderBy(packs => packs.Key, StringComparer.Ordinal)
                .Select(packs => Of(packs.Key, packs.Where(pack => today <= pack.ExpiresOn), setAside)),
        ];
    }

    private static VoucherBalance Of(string programme, IEnumerable<Pack> packs, Dictionary<PackId, int> setAside)
    {
        ImmutableArray<VoucherPeriod> periods =
        [
            .. packs.GroupBy(pack => (pack.PurchasedOn, pack.ExpiresOn))
                .OrderBy(group => group.Key.ExpiresOn).ThenBy(group => group.Key.PurchasedOn)
                .Select(group => new VoucherPeriod(
                    group.Key.PurchasedOn, group.Key.ExpiresOn, group.Sum(pack => Math.Max(0, pack.Remaining)),
                    group.Sum(pack => setAside.GetValueOrDefault(pack.Id)))),
        ];
        return new(programme, periods.Sum(period => period.Remaining), periods.Sum(period => period.SetAside), periods);
    }
}
