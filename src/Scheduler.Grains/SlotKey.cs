using System.Globalization;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>Keys of the grains of slots.</summary>
internal static class SlotKey
{
    /// <summary>The key of a slot, such as <c>office-ca/29853720</c>.</summary>
    public static string Of(SlotHour slot) => string.Create(CultureInfo.InvariantCulture, $"{slot.Pool.Text}/{slot.Minutes}");

    /// <summary>The slot of such a key.</summary>
    public static SlotHour Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        return new(PoolId.Of(key[..slash]), int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }
}
