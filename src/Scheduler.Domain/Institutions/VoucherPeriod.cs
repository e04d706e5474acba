using NodaTime;

namespace Scheduler.Domain;

/// <summary>Vouchers that are valid on the same exam days.</summary>
/// <param name="From">The first exam day.</param>
/// <param name="Until">The last exam day, included.</param>
/// <param name="Remaining">Vouchers left for new bookings.</param>
/// <param name="SetAside">Vouchers of bookings that have not ended and of live holds.</param>
public readonly record struct VoucherPeriod(LocalDate From, LocalDate Until, int Remaining, int SetAside);
