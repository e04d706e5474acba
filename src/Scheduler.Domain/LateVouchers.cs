namespace Scheduler.Domain;

/// <summary>What happens to the vouchers of a cancellation after the cut-off (R9).</summary>
public enum LateVouchers
{
    /// <summary>The vouchers are spent.</summary>
    Forfeit,

    /// <summary>The vouchers go back to their packs.</summary>
    Return,
}
