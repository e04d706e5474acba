using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The longest block that any exam can need (R5): a query for the holds of a slot searches only starts up to this many minutes before the slot, so that an
/// index can limit the search.
/// </summary>
internal static class LongestBlock
{
    public const int Minutes = (2 * Limits.MarginMinutes) + (Limits.ExamMinutes * (100 + Limits.ExtraTimePercent) / 100) + SlotHour.LengthMinutes;
}
