namespace Scheduler.Api;

/// <summary>Vouchers set aside in one pack.</summary>
internal sealed record VoucherDrawView
{
    public required Guid Pack { get; init; }

    public required int Vouchers { get; init; }
}
