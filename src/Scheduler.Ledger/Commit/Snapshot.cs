using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The subject of a change before or after the change, as the ledger stores it: a closed list. The snapshot after the change is also the answer to a repeat of
/// the call (R13). Snapshots are stored in a form with a number; every later version of the program can read the form.
/// </summary>
public abstract record Snapshot
{
    private protected Snapshot()
    {
    }
}

/// <summary>A booking.</summary>
public sealed record BookingSnapshot(Booking Booking) : Snapshot
{
    /// <summary>What the booking probably repeated when it was made; null for nothing.</summary>
    public ProbableDuplicate? Duplicate { get; init; }
}

/// <summary>A hold, with its status as of <paramref name="At"/>.</summary>
public sealed record HoldSnapshot(Hold Hold, Instant At) : Snapshot
{
    /// <summary>What the hold probably repeated when it was made; null for nothing.</summary>
    public ProbableDuplicate? Duplicate { get; init; }
}

/// <summary>
/// A request. <paramref name="Position"/> is its position in its institution's queue, counted from 1, when the request joined; null for all other changes.
/// </summary>
public sealed record RequestSnapshot(Request Request, int? Position) : Snapshot
{
    /// <summary>The number of candidates when a flexible request was made or changed; null for all other changes.</summary>
    public int? Candidates { get; init; }
}

/// <summary>A pack and its institution.</summary>
public sealed record PackSnapshot(InstitutionId Institution, Pack Pack) : Snapshot;

/// <summary>A catalogue entry with its version.</summary>
public sealed record EntrySnapshot(CatalogueEntry Entry, int Version) : Snapshot;

/// <summary>A change of a pool's capacity, with the shortfalls after a forced change.</summary>
public abstract record CapacitySnapshot(PoolId Pool) : Snapshot
{
    /// <summary>Slots with more seats booked and held than the new capacity, ascending. Only the commit can calculate the shortfalls.</summary>
    public ImmutableArray<Shortfall> Shortfalls { get; init; } = [];
}

/// <summary>A weekly template that was put.</summary>
public sealed record TemplateSnapshot(PoolId Pool, WeeklyTemplate Template) : CapacitySnapshot(Pool);

/// <summary>
/// An exception for the slots with <paramref name="From"/> ≤ start &lt; <paramref name="To"/>; <paramref name="Seats"/> is null when exceptions were removed.
/// </summary>
public sealed record ExceptionSnapshot(PoolId Pool, Instant From, Instant To, int? Seats) : CapacitySnapshot(Pool);

/// <summary>
/// The exceptions that were written in several ranges, or when capacity was raised as advised, or those that the pool has again after that was undone; with
/// the version of the capacity that the change made.
/// </summary>
public sealed record ExceptionsSnapshot(PoolId Pool, int Version, ImmutableArray<CapacityException> Exceptions) : CapacitySnapshot(Pool);

/// <summary>A plan without its files.</summary>
public sealed record PlanSnapshot(PlanRow Plan) : Snapshot;

/// <summary>An account, without what signs the person in.</summary>
public sealed record AccountSnapshot(AccountId Id, string Name, string Email, Role Role, InstitutionId? Institution, Instant? RemovedAt, int Version) : Snapshot
{
    /// <summary>The snapshot of an account.</summary>
    public static AccountSnapshot Of(Account account) =>
        new(account.Id, account.Name, account.Email, account.Role, account.Institution, account.RemovedAt, account.Version);
}

/// <summary>An invitation. The stored form has no hash of the secret.</summary>
public sealed record InvitationSnapshot(Invitation Invitation) : Snapshot;

/// <summary>An import, without its rows.</summary>
public sealed record ImportSnapshot(ImportFacts Import) : Snapshot;

/// <summary>A snapshot that a later version wrote in a form that this version does not know.</summary>
public sealed record UnreadableSnapshot(string Text) : Snapshot;
