using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>R7: which vouchers a booking sets aside.</summary>
public static class Vouchers
{
    /// <summary>
    /// Draws <paramref name="candidates"/> vouchers from packs of the programme that are valid on the exam day, from the packs that end first (equal ends: by
    /// id). Null when there are too few vouchers; then nothing is drawn.
    /// </summary>
    public static ImmutableArray<VoucherDraw>? Draw(IEnumerable<Pack> packs, string programme, LocalDate examDay, int candidates)
    {
        var draws = ImmutableArray.CreateBuilder<VoucherDraw>();
        foreach (var pack in Fitting(packs, programme, examDay))
        {
            if (candidates == 0)
                break;
            var take = Math.Min(candidates, pack.Remaining);
            if (take <= 0)
                continue;
            draws.Add(new(pack.Id, take));
            candidates -= take;
        }

        return candidates == 0 ? draws.ToImmutable() : null;
    }

    /// <summary>Packs of the programme that are valid on the exam day, in the order in which vouchers are drawn from them.</summary>
    public static IEnumerable<Pack> Fitting(IEnumerable<Pack> packs, string programme, LocalDate examDay) =>
        packs.Where(pack => pack.Programme == programme && pack.IsValidOn(examDay)).OrderBy(pack => pack.ExpiresOn).ThenBy(pack => pack.Id);
}
