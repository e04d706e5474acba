using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// R10: makes the change that sweeps a lapsed hold. A sweep is a change like any other, so its seats, vouchers and record are written, and its feed is
/// published, in the same way.
/// </summary>
internal static class LapsedHold
{
    /// <summary>As many holds as one batch sweeps.</summary>
    public const int MostPerBatch = 1000;

    public static PreparedChange Sweep(Hold hold, Instant now) => PreparedChange.Of(new()
    {
        Record = new() { At = now, Who = "clock", Kind = ChangeKind.HoldLapsed, Subject = hold.Id.ToString(), Institution = hold.Sitting.Institution },
        Slots = [.. Enumerable.Range(0, hold.Sitting.Profile.Slots).Select(k => new SlotDelta(hold.Sitting.Slot(k), 0, -hold.Sitting.Profile[k]))],
        Packs = [.. hold.Sitting.Vouchers.Select(draw => new PackDelta(draw.Pack, -draw.Vouchers))],
        Rows = [new RowWrite.HoldEnded(hold.Id, HoldStatus.Lapsed, null)],
    });
}
