using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Looks again, while a stream is open, whether its reader may still follow it. A stream outlives the check of its request. Once a second it looks at the
/// copies in memory, and once in <see cref="SecondsBetweenChecks"/> seconds it judges the account as a new request would.
/// </summary>
internal sealed class ReaderWatch : IAsyncDisposable
{
    /// <summary>The longest time between two full checks of a reader.</summary>
    public const int SecondsBetweenChecks = 30;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);
    private readonly SignedInIdentity _identity;
    private readonly IReadOnlyList<Role> _roles;
    private readonly CatalogueCopy _catalogue;
    private readonly AccountCopy _accounts;
    private readonly IClock _clock;
    private readonly CancellationTokenSource _ended;
    private readonly PeriodicTimer _timer;
    private readonly Task _looking;

    /// <summary>Begins to look.</summary>
    /// <param name="identity">The reader.</param>
    /// <param name="policy">The policy of the stream's route.</param>
    /// <param name="api">The copies and the clock.</param>
    /// <param name="time">Makes the timer.</param>
    /// <param name="gone">Cancelled when the connection is closed.</param>
    public ReaderWatch(SignedInIdentity identity, string policy, ApiContext api, TimeProvider time, CancellationToken gone)
    {
        (_identity, _roles, _catalogue, _accounts, _clock) = (identity, Policies.Roles(policy), api.Catalogue, api.Accounts, api.Clock);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(gone, api.Stopping);
        _timer = new(_pause, time);
        _looking = Look(_ended.Token);
    }

    /// <summary>Cancelled when the reader may follow no more, has closed the connection, or the server begins to stop.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>The token by which a stream of this call ends. The looking ends with the call.</summary>
    public static CancellationToken Follow(HttpContext http, ApiContext api, string policy)
    {
        var identity = SignedInIdentity.Of(http.User) ?? throw new InvalidOperationException("The stream has no authorization policy.");
        var watch = new ReaderWatch(identity, policy, api, http.RequestServices.GetRequiredKeyedService<TimeProvider>(SiloSetup.Timers), http.RequestAborted);
        http.Response.RegisterForDisposeAsync(watch);
        return watch.Ended;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _looking;
        _timer.Dispose();
        _ended.Dispose();
    }

    private async Task Look(CancellationToken ended)
    {
        try
        {
            for (var second = 1; await _timer.WaitForNextTickAsync(ended); second++)
            {
                if (await IsAllowed(isFull: second % SecondsBetweenChecks == 0, ended))
                    continue;
                await _ended.CancelAsync();
                return;
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
        catch (Exception fault) when (fault is LedgerUnreachableException or LedgerBusyException)
        {
            // The account cannot be judged now. The stream ends, and a new request is judged like any other.
            await _ended.CancelAsync();
        }
    }

    private async ValueTask<bool> IsAllowed(bool isFull, CancellationToken cancellation)
    {
        if (_identity.Key is { } key)
            return _catalogue.Current.ApiKeys.GetValueOrDefault(key) is { Value: { RevokedAt: null } known } && _roles.Contains(known.Role);
        if (_identity.Account is not { } id)
            return false;
        var account = isFull ? await _accounts.Trusted(id, cancellation) : _accounts.Accounts.GetValueOrDefault(id);
        return account is { RemovedAt: null } && _roles.Contains(account.Role) && account.Institution == _identity.Principal.Institution
            && account.Sessions.FirstOrDefault(session => session.Id == _identity.Session) is { } session
            && AccountSessions.IsLive(session, _clock.GetCurrentInstant());
    }
}
