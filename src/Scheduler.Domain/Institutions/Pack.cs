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

    /// <summary>Whether an operator took the pack back. A void pack gives no vouchers, and stays listed.</summary>
    public bool IsVoid { get; init; }

    /// <summary>Vouchers left.</summary>
    public int Remaining => IsVoid ? 0 : Quantity - Taken;

    /// <summary>Whether the pack gives vouchers for an exam on that day.</summary>
    public bool IsValidOn(LocalDate examDay) => !IsVoid && Covers(examDay);

    /// <summary>Whether the day lies between the purchase date and the last day, both included.</summary>
    public bool Covers(LocalDate examDay) => PurchasedOn <= examDay && examDay <= ExpiresOn;
}
