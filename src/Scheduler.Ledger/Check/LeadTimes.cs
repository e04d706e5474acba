using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// R2: checks the lead time of every booking and hold at the moment when it got its block, against the policy, seasons and institution of that moment.
/// Overrides are not checked. An institution's short notice lowers the days that are needed.
/// </summary>
internal static class LeadTimes
{
    public static IEnumerable<Finding> Findings(CheckedRows rows)
    {
        var rules = new RulesInTime();
        var next = 0;
        foreach (var placed in rows.Placed)
        {
            for (; next < rows.History.Count && rows.History[next].Position < placed.Position; next++)
                rules.Put(rows.History[next]);
            if (SittingOf(placed.After) is not { OverrideReason: null } sitting)
                continue;
            if (rules.Shortage(sitting.Institution, sitting.Start, placed.At, placed.At - RulesInTime.JustBefore) is { } shortage)
                yield return new("R2", placed.Subject, $"{placed.Kind} at {placed.At}: {shortage}");
        }
    }

    private static Sitting? SittingOf(Snapshot? after) => after switch
    {
        BookingSnapshot booking => booking.Booking.Sitting,
        HoldSnapshot hold => hold.Hold.Sitting,
        _ => null,
    };
}
