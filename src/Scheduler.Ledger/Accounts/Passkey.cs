using NodaTime;

namespace Scheduler.Ledger;

/// <summary>A passkey (WebAuthn): its public half.</summary>
public sealed record Passkey
{
    /// <summary>The credential's id, in base64url.</summary>
    public required string Id { get; init; }

    /// <summary>The public key (COSE), in base64.</summary>
    public required string PublicKey { get; init; }

    /// <summary>The name that the person gave the passkey.</summary>
    public required string Name { get; init; }

    /// <summary>When the passkey was made.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>The authenticator's counter of signatures at the last sign-in.</summary>
    public long SignCount { get; init; }

    /// <summary>How a browser reaches the authenticator, with a space between two.</summary>
    public string Transports { get; init; } = "";

    /// <summary>Whether the authenticator checked the person when the passkey was made.</summary>
    public bool IsUserVerified { get; init; }

    /// <summary>Whether the passkey may be kept on several devices.</summary>
    public bool IsBackupEligible { get; init; }

    /// <summary>Whether the passkey is kept on several devices.</summary>
    public bool IsBackedUp { get; init; }
}
