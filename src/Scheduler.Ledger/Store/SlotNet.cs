using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The net change of one slot by a batch. The slot is guarded when any change of the batch adds seats. Freeing seats and confirming a hold need no guard.
/// </summary>
internal sealed record SlotNet(SlotHour Slot)
{
    public int Booked { get; set; }

    public int Held { get; set; }

    public bool IsGuarded { get; set; }
}
