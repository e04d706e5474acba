using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Seats of one slot that a hold keeps.</summary>
public readonly record struct HeldSeats(HoldId Hold, int Seats, Instant ExpiresAt);

/// <summary>A slot as it stands; all 0 for a slot that has no row.</summary>
/// <param name="Capacity">Seats offered.</param>
/// <param name="Booked">Seats of confirmed bookings.</param>
/// <param name="Held">Seats of holds still marked held, whether or not they have lapsed since.</param>
/// <param name="Shortfall">Seats beyond the capacity, recorded when it was lowered by force.</param>
/// <param name="Holds">The holds that make up <paramref name="Held"/>.</param>
public sealed record SlotRow(int Capacity, int Booked, int Held, int Shortfall, ImmutableArray<HeldSeats> Holds)
{
    /// <summary>A slot without a row.</summary>
    public static SlotRow None { get; } = new(0, 0, 0, 0, []);

    /// <summary>Rises with every change of the row: of two readings the higher is the later.</summary>
    public int Version { get; init; }
}

/// <summary>R13: the first answer to a keyed call, for its repeats.</summary>
/// <param name="Hash">Hash of method, path and canonical body.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON without secrets; null for none.</param>
/// <param name="Subject">What it was about.</param>
/// <param name="Kind">The change's kind.</param>
public sealed record StoredAnswer(string Hash, int Status, string? Body, string Subject, string Kind);

/// <summary>An institution restored from rows.</summary>
/// <param name="Version">Changes guarded by it so far; 0 when it has no row yet.</param>
/// <param name="State">What a decision needs.</param>
/// <param name="Answers">Answers of the last seven days by caller and key.</param>
public sealed record InstitutionRows(long Version, InstitutionState State, ImmutableDictionary<(string Caller, string Key), StoredAnswer> Answers);

/// <summary>Some entries of a list, and the cursor of the next page; null on the last.</summary>
public sealed record Page<T>(ImmutableArray<T> Entries, string? Next);

/// <summary>R15: a change as the record shows it.</summary>
/// <param name="Id">Stable, across crashes too: receivers drop repeats by it.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Who">The principal's id.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="Institution">The institution concerned; null for the operator's things.</param>
/// <param name="Before">JSON before.</param>
/// <param name="After">JSON after.</param>
/// <param name="Why">The reason given.</param>
public sealed record AuditRow(string Id, Instant At, string Who, string Kind, string Subject, InstitutionId? Institution, string? Before, string? After, string? Why);

/// <summary>Which changes to show.</summary>
public sealed record AuditQuery
{
    /// <summary>Only this subject.</summary>
    public string? Subject { get; init; }

    /// <summary>Only these institutions; null for all, and the operator's things.</summary>
    public IReadOnlyCollection<InstitutionId>? Institutions { get; init; }

    /// <summary>Decided at or after.</summary>
    public Instant? From { get; init; }

    /// <summary>Decided before.</summary>
    public Instant? To { get; init; }

    /// <summary>Where the last page ended; null for the first.</summary>
    public string? Cursor { get; init; }

    /// <summary>Entries of the page.</summary>
    public int Limit { get; init; } = Limits.DefaultPageSize;
}
