using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A person who may sign in, and all that signs the person in.</summary>
public sealed record Account
{
    /// <summary>The id.</summary>
    public required AccountId Id { get; init; }

    /// <summary>The person's name.</summary>
    public required string Name { get; init; }

    /// <summary>The e-mail address, as it was typed.</summary>
    public required string Email { get; init; }

    /// <summary>The role (R14).</summary>
    public required Role Role { get; init; }

    /// <summary>The institution; null for operators only.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>When the account was made.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>When the person was removed; null while the account signs in.</summary>
    public Instant? RemovedAt { get; init; }

    /// <summary>The hash of the password, as the framework writes it; null without a password.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>A random text that changes whenever what signs the person in changes.</summary>
    public required string SecurityStamp { get; init; }

    /// <summary>Wrong passwords and codes since the last good one.</summary>
    public int FailedSignIns { get; init; }

    /// <summary>Until when nobody signs in with a password or a code; null when this is not so.</summary>
    public Instant? LockedUntil { get; init; }

    /// <summary>The key that the person's authenticator app shares; null without one.</summary>
    public string? AuthenticatorKey { get; init; }

    /// <summary>The time step of the last code of the app that was used. No code of this step or of an earlier one is taken again.</summary>
    public long LastCodeStep { get; init; }

    /// <summary>Whether a sign-in with a password needs a code too.</summary>
    public bool HasSecondFactor { get; init; }

    /// <summary>Hashes of the recovery codes that are left.</summary>
    public ImmutableArray<string> RecoveryCodes { get; init; } = [];

    /// <summary>The passkeys.</summary>
    public ImmutableArray<Passkey> Passkeys { get; init; } = [];

    /// <summary>Accounts at other providers that sign in as this account.</summary>
    public ImmutableArray<ExternalLogin> Logins { get; init; } = [];

    /// <summary>The browsers in which the person is signed in, the newest last.</summary>
    public ImmutableArray<BrowserSession> Sessions { get; init; } = [];

    /// <summary>How the person wants to see the pages; null until the person has chosen.</summary>
    public PersonalChoices? Choices { get; init; }

    /// <summary>How many things sign the person in: the password, each passkey and each account at another provider.</summary>
    public int SignInMeans => (PasswordHash is null ? 0 : 1) + Passkeys.Length + Logins.Length;

    /// <summary>The version: 1 when the account is made, one more with every change.</summary>
    public int Version { get; init; } = 1;
}
