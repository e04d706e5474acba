using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>Exam vouchers bought together (R7).</summary>
/// <param name="Id">The id.</param>
/// <param name="Programme">The programme whose exams it pays for, compared exactly.</param>
/// <param name="Quantity">Vouchers bought.</param>
/// <param name="PurchasedOn">Valid from this exam day.</param>
/// <param name="Taken">Vouchers set aside, used or forfeited.</param>
public sealed record Pack(PackId Id, string Programme, int Quantity, LocalDate PurchasedOn, int Taken)
{
    /// <summary>Last exam day it pays for: the same date one year later, 28 February for a 29th.</summary>
    public LocalDate ExpiresOn => PurchasedOn.PlusYears(1);

    /// <summary>Vouchers left.</summary>
    public int Remaining => Quantity - Taken;

    /// <summary>Whether it pays for an exam on that day.</summary>
    public bool IsValidOn(LocalDate examDay) => PurchasedOn <= examDay && examDay <= ExpiresOn;
}

/// <summary>R7: which vouchers a booking sets aside.</summary>
public static class Vouchers
{
    /// <summary>
    /// Draws <paramref name="candidates"/> vouchers from packs of the programme that are valid on the exam day, those that end first before others (equal ends: by id).
    /// Null when there are too few; then nothing is drawn.
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

    /// <summary>Packs of the programme that are valid on the exam day, in the order in which they are drawn on.</summary>
    public static IEnumerable<Pack> Fitting(IEnumerable<Pack> packs, string programme, LocalDate examDay) =>
        packs.Where(pack => pack.Programme == programme && pack.IsValidOn(examDay)).OrderBy(pack => pack.ExpiresOn).ThenBy(pack => pack.Id);
}
