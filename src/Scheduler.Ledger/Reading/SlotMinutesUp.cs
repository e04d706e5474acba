using NodaTime;

namespace Scheduler.Ledger;

/// <summary>
/// Converts a caller's instant for a comparison with starts in whole minutes. Both start ≥ instant and start &lt; instant need the instant's minutes rounded
/// up.
/// </summary>
internal static class SlotMinutesUp
{
    public static long Of(Instant instant) => (long)Math.Ceiling(instant.ToUnixTimeTicks() / (60.0 * NodaConstants.TicksPerSecond));
}
