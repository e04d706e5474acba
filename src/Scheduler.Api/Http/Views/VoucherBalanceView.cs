using System.Collections.Immutable;
using System.ComponentModel;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The vouchers that an institution has of one programme, without the packs that have ended.</summary>
internal sealed record VoucherBalanceView
{
    public required string Programme { get; init; }

    [Description("Vouchers left for new bookings, in all packs that have not ended.")]
    public required int Remaining { get; init; }

    [Description("Vouchers of bookings that have not ended and of live holds.")]
    public required int SetAside { get; init; }

    [Description("The same figures by the days on which the vouchers are valid. The vouchers that end first come first.")]
    public required ImmutableArray<VoucherPeriodView> Periods { get; init; }

    public static VoucherBalanceView Of(VoucherBalance balance) => new()
    {
        Programme = balance.Programme,
        Remaining = balance.Remaining,
        SetAside = balance.SetAside,
        Periods = ImmutableArray.CreateRange(balance.Periods, VoucherPeriodView.Of),
    };
}
