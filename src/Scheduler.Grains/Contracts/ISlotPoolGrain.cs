using NodaTime;
using Orleans;
using Orleans.Concurrency;

namespace Scheduler.Grains;

/// <summary>
/// One pool in one hour; the key is <c>pool/minutes</c>, minutes since 1970 UTC. It admits or refuses in memory, so that a full slot refuses without touching
/// the disk. It calls nobody, and can be thrown away at any time: the ledger knows what is booked.
/// </summary>
[Alias("scheduler.slot-pool")]
public interface ISlotPoolGrain : IGrainWithStringKey
{
    /// <summary>
    /// Asks for seats under a ticket: they are pending until settled. Where only pending or kept seats stand in the way it waits for them, so that a "no" rests on what is committed.
    /// </summary>
    [Alias("admit")]
    ValueTask<SlotAnswer> Admit(SlotAsk ask);

    /// <summary>
    /// Announces a commit that asks for no seats here, so that its settlement can be told from one that is already in what was loaded. Seats that it frees for the
    /// waitlist (0 for none) are kept from walk-ins until <see cref="ReleaseKept"/>.
    /// </summary>
    [Alias("announce")]
    ValueTask Announce(Guid ticket, int keptSeats);

    /// <summary>Tells what became of a ticket.</summary>
    [Alias("settle"), OneWay]
    Task Settle(SlotSettlement settlement);

    /// <summary>Lets walk-ins have what was kept under a ticket.</summary>
    [Alias("release-kept"), OneWay]
    Task ReleaseKept(Guid ticket);

    /// <summary>Its memory was wrong: it reloads before the next answer.</summary>
    [Alias("doubt"), OneWay]
    Task Doubt();

    /// <summary>Capacity and free seats as of what is committed.</summary>
    [Alias("look")]
    ValueTask<SlotAnswer> Look();
}

/// <summary>Seats asked for. The waitlist may also have what is kept for it.</summary>
[GenerateSerializer, Immutable, Alias("scheduler.slot-ask")]
public readonly record struct SlotAsk([property: Id(0)] Guid Ticket, [property: Id(1)] int Seats, [property: Id(2)] bool FromWaitlist);

/// <summary>Whether the seats are pending now, and what the slot has: capacity, and seats free of bookings and live holds (never below 0).</summary>
[GenerateSerializer, Immutable, Alias("scheduler.slot-answer")]
public readonly record struct SlotAnswer([property: Id(0)] bool IsAdmitted, [property: Id(1)] int Capacity, [property: Id(2)] int Free);

/// <summary>What became of a ticket in this slot, after its commit (or without one).</summary>
/// <param name="Ticket">The ticket of <see cref="ISlotPoolGrain.Admit"/> or <see cref="ISlotPoolGrain.Announce"/>.</param>
/// <param name="Booked">Seats that the commit added to (or took off) the bookings; 0 when nothing was committed.</param>
/// <param name="HoldMade">A hold that came, with <paramref name="HeldSeats"/> and <paramref name="ExpiresAt"/>; null for none.</param>
/// <param name="HeldSeats">Seats of that hold.</param>
/// <param name="ExpiresAt">When that hold lapses.</param>
/// <param name="HoldEnded">A hold that went; null for none.</param>
[GenerateSerializer, Immutable, Alias("scheduler.slot-settlement")]
public sealed record SlotSettlement(
    [property: Id(0)] Guid Ticket,
    [property: Id(1)] int Booked,
    [property: Id(2)] Guid? HoldMade = null,
    [property: Id(3)] int HeldSeats = 0,
    [property: Id(4)] Instant ExpiresAt = default,
    [property: Id(5)] Guid? HoldEnded = null);
