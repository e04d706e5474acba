using NodaTime;

namespace Scheduler.Domain;

/// <summary>Exam vouchers bought together (R7).</summary>
/// <param name="Id">The id.</param>
/// <param name="Programme">The programme whose exams the vouchers pay for. Names are compared exactly.</param>
/// <param name="Quantity">Vouchers bought.</param>
/// <param name="PurchasedOn">The purchase date. The pack is valid from this exam day on.</param>
/// <param name="Taken">Vouchers set aside, used or forfeited.</param>
public sealed record Pack(PackId Id, string Programme, int Quantity, LocalDate PurchasedOn, int Taken)
{
    /// <summary>The last exam day for which the pack is valid: the purchase date one year later; 28 February for a purchase on 29 February.</summary>
    public LocalDate ExpiresOn => PurchasedOn.PlusYears(1);

    /// <summary>Vouchers left.</summary>
    public int Remaining => Quantity - Taken;

    /// <summary>Whether the pack is valid for an exam on that day.</summary>
    public bool IsValidOn(LocalDate examDay) => PurchasedOn <= examDay && examDay <= ExpiresOn;
}
