using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Bounds how often somebody may guess: wrong answers are counted by the caller's address and by the e-mail address, whether an account has it or not. An
/// address without an account is locked like an account, so that nobody learns which addresses have accounts.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    private const int MostUnknown = 10_000;

    private readonly PartitionedRateLimiter<(string Caller, string Email)> _wrong = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<(string Caller, string Email), string>(key => Window(key.Caller, AccountLimits.WrongSignInsOfCaller)),
        PartitionedRateLimiter.Create<(string Caller, string Email), string>(key => Window(key.Email, AccountLimits.WrongSignInsOfEmail)));

    private readonly ConcurrentDictionary<string, (int Count, Instant? LockedUntil)> _unknown = new(StringComparer.Ordinal);

    /// <summary>Whether the caller may try.</summary>
    public bool IsOpen(HttpContext http, string email)
    {
        using var lease = _wrong.AttemptAcquire(Key(http, email), permitCount: 0);
        return lease.IsAcquired;
    }

    /// <summary>Counts a wrong answer.</summary>
    public void CountWrong(HttpContext http, string email)
    {
        using var lease = _wrong.AttemptAcquire(Key(http, email));
    }

    /// <summary>Until when an address without an account is locked; null when it is not.</summary>
    public Instant? LockOfUnknown(string email, Instant now) =>
        _unknown.TryGetValue(EmailAddress.Key(email), out var seen) && seen.LockedUntil is { } until && now < until ? until : null;

    /// <summary>Counts a wrong answer for an address without an account. Returns until when the address is locked; null when it is not.</summary>
    public Instant? CountUnknown(string email, Instant now)
    {
        if (_unknown.Count >= MostUnknown)
            _unknown.Clear();
        return _unknown.AddOrUpdate(EmailAddress.Key(email), _ => Next(0, now), (_, seen) => Next(seen.LockedUntil is null ? seen.Count : 0, now)).LockedUntil;
    }

    public void Dispose() => _wrong.Dispose();

    private static (int Count, Instant? LockedUntil) Next(int count, Instant now) =>
        count + 1 >= AccountLimits.WrongSignIns ? (0, now + Duration.FromMinutes(AccountLimits.LockMinutes)) : (count + 1, null);

    private static (string Caller, string Email) Key(HttpContext http, string email) =>
        (http.Connection.RemoteIpAddress?.ToString() ?? "", EmailAddress.Key(email));

    private static RateLimitPartition<string> Window(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(AccountLimits.WrongSignInMinutes), QueueLimit = 0 });
}
