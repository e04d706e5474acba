using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>An ask for seats.</summary>
/// <param name="Seats">Seats asked for, beside the seats that the asker already has in this slot. An ask for 0 seats only reads the figures.</param>
/// <param name="Asker">Who asks.</param>
/// <param name="MustBeFresh">
/// Whether the answer must include every commit of any process before the ask. True when the last ask was admitted and its commit was refused.
/// </param>
[GenerateSerializer, Immutable, Alias("scheduler.slot-ask")]
public readonly record struct SlotAsk([property: Id(0)] int Seats, [property: Id(1)] SlotAsker Asker, [property: Id(2)] bool MustBeFresh);
