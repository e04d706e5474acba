using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A person in a record of a change. Nothing that signs the person in is ever shown.</summary>
internal sealed record PersonRecordView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required Role Role { get; init; }

    public required InstitutionId? Institution { get; init; }

    [Description("When the person was removed; null while the person may sign in.")]
    public required Instant? Removed { get; init; }

    public required int Version { get; init; }

    public static PersonRecordView Of(AccountSnapshot account) => new()
    {
        Id = account.Id.Value,
        Name = account.Name,
        Email = account.Email,
        Role = account.Role,
        Institution = account.Institution,
        Removed = account.RemovedAt,
        Version = account.Version,
    };
}
