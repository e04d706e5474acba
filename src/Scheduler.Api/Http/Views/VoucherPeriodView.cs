using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Vouchers that are valid on the same exam days.</summary>
internal sealed record VoucherPeriodView
{
    [Description("The first exam day for which the vouchers are valid.")]
    public required LocalDate PurchasedOn { get; init; }

    [Description("The last exam day for which the vouchers are valid.")]
    public required LocalDate ExpiresOn { get; init; }

    public required int Remaining { get; init; }

    public required int SetAside { get; init; }

    public static VoucherPeriodView Of(VoucherPeriod period) =>
        new() { PurchasedOn = period.From, ExpiresOn = period.Until, Remaining = period.Remaining, SetAside = period.SetAside };
}
