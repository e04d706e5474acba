using System.Globalization;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The names of pools in an instance. A pool of the format has one grid, but the grid of a pool moves by half an hour where its zone changes so (Lord Howe):
/// then
/// the slots on the second grid are a pool of their own, with the minutes between the grids after a plus sign. No id of a pool has a plus sign.
/// </summary>
internal sealed class InstancePools
{
    private readonly Dictionary<PoolId, int> _first = [];

    public InstancePools(IEnumerable<SlotTaken> slots)
    {
        foreach (var slot in slots)
            _first.TryAdd(slot.Slot.Pool, MinuteOf(slot.Slot.Minutes));
    }

    /// <summary>The name of the pool that has this slot.</summary>
    public string NameOf(PoolId pool, int minutes)
    {
        var apart = (MinuteOf(minutes) - _first.GetValueOrDefault(pool, MinuteOf(minutes)) + SlotHour.LengthMinutes) % SlotHour.LengthMinutes;
        return apart == 0 ? pool.Text : string.Create(CultureInfo.InvariantCulture, $"{pool.Text}+{apart}");
    }

    /// <summary>The pool of a name.</summary>
    public static PoolId PoolOf(string name) => PoolId.Of(name.Split('+')[0]);

    /// <summary>Whether the name is that of a pool of standing seats.</summary>
    public static bool IsStanding(string name) => name.StartsWith('+');

    /// <summary>The name of the pool that has the standing seats of schools on the grid of this slot.</summary>
    public static string StandingName(int minutes) => string.Create(CultureInfo.InvariantCulture, $"+{MinuteOf(minutes)}");

    private static int MinuteOf(int minutes) => ((minutes % SlotHour.LengthMinutes) + SlotHour.LengthMinutes) % SlotHour.LengthMinutes;
}
