using System.Globalization;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>Keys of the grains that stand for slots and for days of a pool.</summary>
internal static class SlotKey
{
    private const int MinutesPerDay = 24 * 60;

    /// <summary>Such as <c>office-ca/29853720</c>.</summary>
    public static string Of(SlotHour slot) => string.Create(CultureInfo.InvariantCulture, $"{slot.Pool.Text}/{slot.Minutes}");

    /// <summary>The slot of such a key.</summary>
    public static SlotHour Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        return new(PoolId.Of(key[..slash]), int.Parse(key.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>The pool and UTC day (days since 1970) of a slot, as a waitlist's key.</summary>
    public static (PoolId Pool, int Day) Day(SlotHour slot) => (slot.Pool, (int)Math.Floor(slot.Minutes / (double)MinutesPerDay));

    /// <summary>Such as <c>office-ca/20732</c>.</summary>
    public static string Of((PoolId Pool, int Day) day) => string.Create(CultureInfo.InvariantCulture, $"{day.Pool.Text}/{day.Day}");

    /// <summary>The pool and the minutes [from, to) of a waitlist's key.</summary>
    public static (PoolId Pool, int From, int To) ParseDay(string key)
    {
        var slot = Parse(key);
        return (slot.Pool, slot.Minutes * MinutesPerDay, (slot.Minutes + 1) * MinutesPerDay);
    }
}
