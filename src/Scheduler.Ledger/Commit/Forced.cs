using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// R15: which changes an operator made against a rule: a capacity that was set by force, and a booking or a hold that got the reason of an override by this
/// very change. A later change of such a booking, or the end of such a hold, is none. The migrations mark earlier changes by the same rule.
/// </summary>
internal static class Forced
{
    public static bool Is(Change change) => Touched.ActsOnBookings(change)
        || (ReasonOf(change.Record.After) is { } reason
            && (change.Record.Why == reason || (change.Record.Before is { } before && ReasonOf(before) != reason)));

    private static string? ReasonOf(Snapshot? snapshot) => snapshot switch
    {
        BookingSnapshot(var booking) => booking.Sitting.OverrideReason,
        HoldSnapshot(var hold, _) => hold.Sitting.OverrideReason,
        _ => null,
    };
}
