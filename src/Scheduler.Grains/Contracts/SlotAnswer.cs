using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>A slot's answer.</summary>
/// <param name="IsAdmitted">Whether the seats are free.</param>
/// <param name="Capacity">Seats offered.</param>
/// <param name="Free">Seats free of bookings and live holds; below 0 in a shortfall.</param>
[GenerateSerializer, Immutable, Alias("scheduler.slot-answer")]
public readonly record struct SlotAnswer([property: Id(0)] bool IsAdmitted, [property: Id(1)] int Capacity, [property: Id(2)] int Free);
