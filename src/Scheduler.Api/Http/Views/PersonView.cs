using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A person who may sign in.</summary>
internal sealed record PersonView
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required Role Role { get; init; }

    public required InstitutionId? Institution { get; init; }

    public required Instant MadeAt { get; init; }

    [Description("Whether a sign-in with the password needs a code too.")]
    public required bool SecondFactor { get; init; }

    [Description("How many passkeys the person has.")]
    public required int Passkeys { get; init; }

    [Description("Until when nobody signs in with the person's password, after wrong ones; null when this is not so.")]
    public required Instant? LockedUntil { get; init; }

    [Description("When the newest of the present sessions began; null when the person is signed in nowhere.")]
    public required Instant? SignedIn { get; init; }

    [Description("The number in the ETag. It also counts sign-ins.")]
    public required int Version { get; init; }

    public static PersonView Of(Account account) => new()
    {
        Id = account.Id.Value,
        Name = account.Name,
        Email = account.Email,
        Role = account.Role,
        Institution = account.Institution,
        MadeAt = account.MadeAt,
        SecondFactor = account.HasSecondFactor,
        Passkeys = account.Passkeys.Length,
        LockedUntil = account.LockedUntil,
        SignedIn = account.Sessions.IsEmpty ? null : account.Sessions[^1].StartedAt,
        Version = account.Version,
    };
}
