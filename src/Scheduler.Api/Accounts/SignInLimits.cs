using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Bounds how often somebody may guess: wrong answers are counted by the caller's address and by the e-mail address, whether an account has it or not. An
/// address without an account is locked like an account, so that nobody learns which addresses have accounts. The tries for one e-mail address are looked at
/// one after another, so that many tries at once are no more guesses than many in a row.
/// </summary>
internal sealed class SignInLimits : IDisposable
{
    private const int MostUnknown = 10_000;
    private const int AtOnceOfCaller = 8;

    private readonly PartitionedRateLimiter<(string Caller, string Email)> _wrong = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<(string Caller, string Email), string>(key => Window(key.Caller, AccountLimits.WrongSignInsOfCaller)),
        PartitionedRateLimiter.Create<(string Caller, string Email), string>(key => Window(key.Email, AccountLimits.WrongSignInsOfEmail)));

    private readonly PartitionedRateLimiter<(string Caller, string Email)> _turns = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<(string Caller, string Email), string>(key => Turns(key.Caller, AtOnceOfCaller, AccountLimits.WrongSignInsOfCaller)),
        PartitionedRateLimiter.Create<(string Caller, string Email), string>(key => Turns(key.Email, 1, AccountLimits.WrongSignInsOfEmail)));

    private readonly ConcurrentDictionary<string, (int Count, Instant? LockedUntil)> _unknown = new(StringComparer.Ordinal);

    /// <summary>
    /// Waits for the caller's turn, until the tries of before for the same e-mail address are answered. The turn ends when the lease is disposed. A lease that
    /// is not acquired says that too many tries wait already.
    /// </summary>
    public ValueTask<RateLimitLease> Turn(HttpContext http, string email) => _turns.AcquireAsync(Key(http, email), 1, http.RequestAborted);

    /// <summary>Whether the caller may try.</summary>
    public bool IsOpen(HttpContext http, string email)
    {
        using var lease = _wrong.AttemptAcquire(Key(http, email), permitCount: 0);
        return lease.IsAcquired;
    }

    /// <summary>Counts an answer that is wrong, or may be. Returns false, and counts nothing, when there were as many as may be.</summary>
    public bool Count(HttpContext http, string email)
    {
        using var lease = _wrong.AttemptAcquire(Key(http, email));
        return lease.IsAcquired;
    }

    /// <summary>Until when an address without an account is locked; null when it is not.</summary>
    public Instant? LockOfUnknown(string email, Instant now) =>
        _unknown.TryGetValue(EmailAddress.Key(email), out var seen) && seen.LockedUntil is { } until && now < until ? until : null;

    /// <summary>Counts a wrong answer for an address without an account. Returns until when the address is locked; null when it is not.</summary>
    public Instant? CountUnknown(string email, Instant now)
    {
        if (_unknown.Count >= MostUnknown)
            _unknown.Clear();
        return _unknown.AddOrUpdate(EmailAddress.Key(email), _ => Next((0, null), now), (_, seen) => Next(seen, now)).LockedUntil;
    }

    public void Dispose()
    {
        _wrong.Dispose();
        _turns.Dispose();
    }

    private static (int Count, Instant? LockedUntil) Next((int Count, Instant? LockedUntil) seen, Instant now)
    {
        if (now < seen.LockedUntil)
            return seen;
        return seen.Count + 1 < AccountLimits.WrongSignIns ? (seen.Count + 1, null) : (0, now + Duration.FromMinutes(AccountLimits.LockMinutes));
    }

    private static (string Caller, string Email) Key(HttpContext http, string email) =>
        (CallerNetwork.Of(http), EmailAddress.Key(email));

    private static RateLimitPartition<string> Turns(string key, int atOnce, int waiting) => RateLimitPartition.GetConcurrencyLimiter(
        key, _ => new() { PermitLimit = atOnce, QueueLimit = waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    private static RateLimitPartition<string> Window(string key, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        key, _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(AccountLimits.WrongSignInMinutes), QueueLimit = 0 });
}
