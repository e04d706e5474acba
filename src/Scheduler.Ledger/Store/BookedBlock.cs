using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The block of a confirmed booking. <paramref name="Start"/> is in minutes since 1970 UTC.</summary>
internal sealed record BookedBlock(BookingId Id, InstitutionId Institution, PoolId Pool, int Start, int Slots)
{
    /// <summary>The block's end, in minutes since 1970 UTC.</summary>
    public int End => Start + (Slots * SlotHour.LengthMinutes);

    /// <summary>Whether the block has a seat in one of these slots of its pool.</summary>
    public bool Touches(HashSet<int> starts) => Enumerable.Range(0, Slots).Any(k => starts.Contains(Start + (k * SlotHour.LengthMinutes)));
}
