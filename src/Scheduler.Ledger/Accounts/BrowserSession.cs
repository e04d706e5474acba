using NodaTime;

namespace Scheduler.Ledger;

/// <summary>A browser in which a person is signed in.</summary>
/// <param name="Id">The id that the browser's cookie has.</param>
/// <param name="StartedAt">When the person signed in.</param>
/// <param name="Browser">What the browser and its system are called.</param>
/// <param name="IsStrong">Whether the person signed in with a passkey, or with a second factor.</param>
public sealed record BrowserSession(Guid Id, Instant StartedAt, string Browser, bool IsStrong);
