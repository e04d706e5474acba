namespace Scheduler.Domain;

/// <summary>How many vouchers of one pack are set aside or forfeited.</summary>
public readonly record struct VoucherDraw(PackId Pack, int Vouchers);
