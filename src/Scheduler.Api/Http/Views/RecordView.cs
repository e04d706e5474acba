using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A record of a change: who made the change, when, the state before and after, and why (R15).</summary>
internal sealed record RecordView
{
    public required string Id { get; init; }

    [Description("The name of the person or of the API key that made the change, or what part of the server made the change by itself.")]
    public required string Who { get; init; }

    [Description("The id of the API key that made the change; null when a person made the change, or the server by itself.")]
    public required string? Key { get; init; }

    [Description("The id of the account of the person who made the change; null when an API key made the change, or the server by itself.")]
    public required Guid? Account { get; init; }

    public required Instant When { get; init; }

    public required string What { get; init; }

    [Description("The kind and the id of the changed subject, such as booking/{id} or pool/{id}.")]
    public required string Subject { get; init; }

    public required InstitutionId? Institution { get; init; }

    public required object? Before { get; init; }

    public required object? After { get; init; }

    public required string? Why { get; init; }

    [Description("In a notice of a capacity that was lowered by force: the institution's bookings in the short hours. Empty elsewhere.")]
    public required ImmutableArray<Guid> Bookings { get; init; }

    /// <summary>
    /// The view of a change. The catalogue and the accounts give the name of who made the change; the catalogue gives the zones in which starts are shown.
    /// </summary>
    public static RecordView Of(AuditRow row, Catalogue catalogue, AccountCopy accounts) => Of(row, catalogue, Author.Of(row.Who, catalogue, accounts));

    /// <summary>The view of a change as a school is told: with a reason in words, where the record names a plan.</summary>
    public static RecordView ForSchool(AuditRow row, Catalogue catalogue, AccountCopy accounts) =>
        Of(row, catalogue, accounts) with { Why = SchoolReasons.Of(row) };

    /// <summary>Whether the catalogue has the key that made the change, and the institution. The server's own acts need no key.</summary>
    public static bool IsKnown(AuditRow row, Catalogue catalogue, AccountCopy accounts) =>
        Author.Of(row.Who, catalogue, accounts).IsKnown && (row.Institution is not { } institution || catalogue.Institutions.ContainsKey(institution));

    private static RecordView Of(AuditRow row, Catalogue catalogue, Author author) => new()
    {
        Id = row.Id,
        Who = author.Name,
        Key = author.IsServer || author.Account is not null ? null : row.Who,
        Account = author.Account?.Id.Value,
        When = row.At,
        What = ChangeKinds.Text(row.Kind),
        Subject = row.FullSubject,
        Institution = row.Institution,
        Before = SnapshotView.Of(row.Before, catalogue),
        // An earlier version stored the key as it was before.
        After = row is { Kind: ChangeKind.ApiKeyRevoked, After: EntrySnapshot(ApiKey { RevokedAt: null }, _) } ? null : SnapshotView.Of(row.After, catalogue),
        Why = row.Why,
        Bookings = ImmutableArray.CreateRange(row.Bookings, static booking => booking.Value),
    };
}
