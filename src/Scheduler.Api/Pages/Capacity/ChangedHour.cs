using NodaTime;

namespace Scheduler.Api;

/// <summary>An hour whose seats a change would set.</summary>
/// <param name="Start">The start of the slot.</param>
/// <param name="Before">Seats offered now.</param>
/// <param name="After">Seats offered after the change.</param>
/// <param name="Taken">Seats booked and held.</param>
public sealed record ChangedHour(Instant Start, int Before, int After, int Taken)
{
    /// <summary>Seats booked and held beyond the new capacity.</summary>
    public int Short => Math.Max(0, Taken - After);

    /// <summary>Whether the change takes seats away that are booked or held.</summary>
    public bool IsBelow => After < Before && After < Taken;
}
