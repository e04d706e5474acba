using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What signs the holder of a new or recovered account in.</summary>
internal sealed record SignInMeans
{
    /// <summary>The hash of a password.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>A passkey.</summary>
    public Passkey? Passkey { get; init; }

    /// <summary>An account at a provider.</summary>
    public ExternalLogin? Login { get; init; }

    /// <summary>The id of the new account, which the passkey has; null to draw one.</summary>
    public AccountId? Account { get; init; }

    /// <summary>A password alone.</summary>
    public static SignInMeans Password(string hash) => new() { PasswordHash = hash };
}
