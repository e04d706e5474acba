using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What one change does to a slot: seats added (positive) or freed (negative). Confirming a hold is (+n, −n).</summary>
public readonly record struct SlotDelta(SlotHour Slot, int Booked, int Held);

/// <summary>What one change does to a pack: vouchers taken (positive) or given back (negative).</summary>
public readonly record struct PackDelta(PackId Pack, int Taken);

/// <summary>The institution whose state the change was decided on: it must still stand at this version, and then stands at the next.</summary>
public readonly record struct VersionGuard(InstitutionId Institution, long Decided);

/// <summary>
/// One change as its grain decided it: guards, what it does to slots and packs, rows, and its record. It becomes true whole, or not at all.
/// </summary>
public sealed record Change
{
    /// <summary>The append-only row: audit, answer to a repeat, and feed for other silos.</summary>
    public required ChangeRecord Record { get; init; }

    /// <summary>The guard on the institution; null for changes of the operator's things.</summary>
    public VersionGuard? Guard { get; init; }

    /// <summary>Slots, each at most once.</summary>
    public ImmutableArray<SlotDelta> Slots { get; init; } = [];

    /// <summary>Packs, each at most once.</summary>
    public ImmutableArray<PackDelta> Packs { get; init; } = [];

    /// <summary>Rows to write.</summary>
    public ImmutableArray<RowWrite> Rows { get; init; } = [];

    /// <summary>Makes the record's after from what a forced capacity left over, where only the commit knows it; null when <see cref="ChangeRecord.After"/> is complete.</summary>
    public Func<ImmutableArray<Shortfall>, string>? AfterOf { get; init; }
}

/// <summary>A row that a change writes: a closed list.</summary>
public abstract record RowWrite
{
    private RowWrite()
    {
    }

    /// <summary>A new booking.</summary>
    public sealed record BookingMade(Booking Booking) : RowWrite;

    /// <summary>A booking cancelled, moved, resized or attended: the row takes these values.</summary>
    public sealed record BookingChanged(Booking Booking) : RowWrite;

    /// <summary>A new hold. It is swept (marked lapsed, seats and vouchers given back) by whichever commit looks first after its expiry.</summary>
    public sealed record HoldMade(Hold Hold) : RowWrite;

    /// <summary>A hold confirmed or released. Refused with <see cref="CommitOutcome.HoldGone"/> when it was swept before.</summary>
    public sealed record HoldEnded(HoldId Hold, HoldStatus Status, BookingId? Booking) : RowWrite;

    /// <summary>A new request. Its sequence is given by the ledger and comes back in the outcome.</summary>
    public sealed record RequestMade(Request Request) : RowWrite;

    /// <summary>A request placed, withdrawn, expired or passed over.</summary>
    public sealed record RequestChanged(Request Request) : RowWrite;

    /// <summary>A new pack.</summary>
    public sealed record PackMade(InstitutionId Institution, Pack Pack) : RowWrite;

    /// <summary>
    /// A catalogue entry made or replaced under this version (the one before must be version − 1, or absent for 1; otherwise <see cref="CommitOutcome.Stale"/>).
    /// </summary>
    public sealed record CataloguePut(CatalogueEntry Entry, int Version) : RowWrite;

    /// <summary>An API key revoked.</summary>
    public sealed record KeyRevoked(ApiKeyId Key) : RowWrite;

    /// <summary>
    /// Capacities of slots of one pool, ascending by start; slots without a row get one. Without <paramref name="Force"/> a slot whose seats booked and live-held are more is refused
    /// (<see cref="CommitOutcome.BelowBooked"/>) and nothing is changed; with it the excess is recorded as the slot's shortfall and comes back in the outcome.
    /// </summary>
    public sealed record CapacitySet(PoolId Pool, ImmutableArray<SlotCapacity> Slots, bool Force) : RowWrite;
}

/// <summary>A slot's start, in whole minutes since 1970 UTC, and its capacity in seats.</summary>
public readonly record struct SlotCapacity(int Minutes, int Capacity);

/// <summary>Seats booked and held beyond a slot's capacity.</summary>
public readonly record struct Shortfall(int Minutes, int Seats);

/// <summary>R13: a caller's key, and a hash of method, path and canonical body.</summary>
public sealed record IdempotencyStamp(string Caller, string Key, string Hash);

/// <summary>R15: who did what when, from what to what, and why.</summary>
public sealed record ChangeRecord
{
    /// <summary>When it was decided.</summary>
    public required Instant At { get; init; }

    /// <summary>The principal's id.</summary>
    public required string Who { get; init; }

    /// <summary>What happened, snake_case, such as <c>booking_made</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it happened to: its id, as callers write it; <c>policy</c> for the policy.</summary>
    public required string Subject { get; init; }

    /// <summary>The institution concerned; null for the operator's things.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>JSON of the subject before; null when it was not there.</summary>
    public string? Before { get; init; }

    /// <summary>JSON of the subject after, as the HTTP answer shows it (without secrets); null when it is gone.</summary>
    public string? After { get; init; }

    /// <summary>The reason given.</summary>
    public string? Why { get; init; }

    /// <summary>The idempotency key of the call; null without one.</summary>
    public IdempotencyStamp? Stamp { get; init; }

    /// <summary>HTTP status of the answer, kept for a repeat.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Whether its institution is to be told (the outbox): such a row is a notice until it was delivered.</summary>
    public bool Notice { get; init; }
}
