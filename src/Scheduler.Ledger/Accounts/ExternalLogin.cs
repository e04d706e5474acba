namespace Scheduler.Ledger;

/// <summary>An account at another provider that signs in as an account.</summary>
/// <param name="Provider">The provider's name for itself (the issuer).</param>
/// <param name="Key">The provider's id of the person.</param>
public sealed record ExternalLogin(string Provider, string Key);
