using Orleans;
using Orleans.Concurrency;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// One slot: one pool in one hour. The key is <c>pool/minutes</c>, with the start in minutes since 1970 UTC. The grain admits or refuses from memory, so a full
/// slot refuses without reading the disk. The protocol is described at <see cref="SlotAdmission"/>.
/// </summary>
[Alias("scheduler.slot-pool")]
public interface ISlotPoolGrain : IGrainWithStringKey
{
    /// <summary>
    /// Asks for seats. The grain answers at once, or after a sweep or a waitlist round when the protocol requires this. On a shared ledger it first reads the
    /// feed when the figures may be old.
    /// </summary>
    [Alias("admit")]
    ValueTask<SlotAnswer> Admit(SlotAsk ask, CancellationToken cancellation = default);

    /// <summary>Begins a waitlist round: walk-ins wait from now on until <see cref="EndRound"/>, ten seconds at most.</summary>
    [Alias("begin-round")]
    ValueTask BeginRound(Guid round);

    /// <summary>Ends a waitlist round. An unknown round is ignored.</summary>
    [Alias("end-round"), OneWay]
    Task EndRound(Guid round);
}
