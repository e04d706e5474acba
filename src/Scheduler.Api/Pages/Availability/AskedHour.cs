using NodaTime;

namespace Scheduler.Api;

/// <summary>What all schools together ask of an hour, against what there is.</summary>
/// <param name="Start">The start of the hour.</param>
/// <param name="Capacity">The seats that the pool offers.</param>
/// <param name="Taken">Seats that are booked or held.</param>
/// <param name="Queued">Seats for which requests wait.</param>
public readonly record struct AskedHour(Instant Start, int Capacity, int Taken, int Queued)
{
    /// <summary>All seats that are asked for.</summary>
    public int Asked => Taken + Queued;
}
