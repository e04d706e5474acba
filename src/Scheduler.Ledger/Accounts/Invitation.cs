using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// A link that works once. It makes an account, or, for a person who has an account, lets the person choose how to sign in anew.
/// </summary>
public sealed record Invitation
{
    /// <summary>The id.</summary>
    public required InvitationId Id { get; init; }

    /// <summary>The SHA-256 hash of the link's secret, in lower-case hex.</summary>
    public required string SecretHash { get; init; }

    /// <summary>The e-mail address of the person.</summary>
    public required string Email { get; init; }

    /// <summary>The role that the person gets.</summary>
    public required Role Role { get; init; }

    /// <summary>The institution that the person gets; null for operators only.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>The account that is recovered; null when the link makes an account.</summary>
    public AccountId? Recovers { get; init; }

    /// <summary>The name of the one who invites.</summary>
    public required string MadeBy { get; init; }

    /// <summary>
    /// The account of the one who invites; null when an API key or the command line made the invitation, and for invitations of earlier versions.
    /// </summary>
    public AccountId? Maker { get; init; }

    /// <summary>The API key that made the invitation; null when none did, and for invitations of earlier versions.</summary>
    public ApiKeyId? MakerKey { get; init; }

    /// <summary>When the invitation was made.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>When the link ends.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>When the link was used; null before.</summary>
    public Instant? AcceptedAt { get; init; }

    /// <summary>When the invitation was revoked; null when it was not.</summary>
    public Instant? RevokedAt { get; init; }

    /// <summary>The version: 1 when the invitation is made, one more with every change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Whether the link works.</summary>
    public bool IsOpen(Instant now) => AcceptedAt is null && RevokedAt is null && now < ExpiresAt;
}
