using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>R7: which vouchers a booking sets aside.</summary>
public static class Vouchers
{
    /// <summary>
    /// Draws <paramref name="candidates"/> vouchers from packs of the programme that are valid on the exam day: first those among <paramref name="wanted"/>,
    /// then from the packs that end first (equal ends: by id). Null when there are too few vouchers; then nothing is drawn.
    /// </summary>
    public static ImmutableArray<VoucherDraw>? Draw(
        IEnumerable<Pack> packs, string programme, LocalDate examDay, int candidates, ImmutableArray<VoucherDraw> wanted = default)
    {
        Pack[] fitting = [.. Fitting(packs, programme, examDay)];
        var taken = new int[fitting.Length];
        foreach (var (pack, vouchers) in wanted.IsDefault ? [] : wanted)
        {
            if (Array.FindIndex(fitting, one => one.Id == pack) is >= 0 and var index)
                Take(index, vouchers);
        }

        for (var i = 0; i < fitting.Length && candidates > 0; i++)
            Take(i, candidates);
        return candidates == 0 ? [.. fitting.Select((pack, i) => new VoucherDraw(pack.Id, taken[i])).Where(draw => draw.Vouchers > 0)] : null;

        void Take(int index, int most)
        {
            var take = Math.Max(0, Math.Min(Math.Min(most, candidates), fitting[index].Remaining - taken[index]));
            taken[index] += take;
            candidates -= take;
        }
    }

    /// <summary>Packs of the programme that are valid on the exam day, in the order in which vouchers are drawn from them.</summary>
    public static IEnumerable<Pack> Fitting(IEnumerable<Pack> packs, string programme, LocalDate examDay) =>
        packs.Where(pack => pack.Programme == programme && pack.IsValidOn(examDay)).OrderBy(pack => pack.ExpiresOn).ThenBy(pack => pack.Id);
}
