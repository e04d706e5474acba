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
    /// Asks for seats under a ticket: they are pending until settled. Where only pending or kept seats stand in the way it waits for them, so that a "no" rests on what is
    /// committed; but who has other slots' seats pending does not wait for kept ones (<see cref="SlotAnswer.IsKept"/>), since the round that they are kept for may need his.
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
    [Alias("doubt")]
    Task Doubt();

    /// <summary>Capacity and free seats as of what is committed; nothing is admitted.</summary>
    [Alias("look")]
    ValueTask<SlotAnswer> Look();
}

/// <summary>Seats asked for. The waitlist may also have what is kept for it.</summary>
/// <param name="Ticket">Names the seats until they are settled.</param>
/// <param name="Seats">How many; 0 asks for the capacity alone.</param>
/// <param name="FromWaitlist">Whether the waitlist asks.</param>
/// <param name="HoldsOthers">Whether the ticket stands in other slots already.</param>
[GenerateSerializer, Immutable, Alias("scheduler.slot-ask")]
public readonly record struct SlotAsk(
    [property: Id(0)] Guid Ticket, [property: Id(1)] int Seats, [property: Id(2)] bool FromWaitlist, [property: Id(3)] bool HoldsOthers = false);

/// <summary>Whether the seats are pending now, and what the slot has.</summary>
/// <param name="IsAdmitted">Whether they are pending.</param>
/// <param name="Capacity">Seats offered.</param>
/// <param name="Free">Seats free of bookings and live holds; below 0 in a shortfall.</param>
/// <param name="IsKept">Not admitted, only because free seats are kept for those who wait.</param>
/// <param name="HasLapsed">A hold has lapsed here and was not tidied up yet.</param>
[GenerateSerializer, Immutable, Alias("scheduler.slot-answer")]
public readonly record struct SlotAnswer(
    [property: Id(0)] bool IsAdmitted, [property: Id(1)] int Capacity, [property: Id(2)] int Free, [property: Id(3)] bool IsKept = false, [property: Id(4)] bool HasLapsed = false);

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
