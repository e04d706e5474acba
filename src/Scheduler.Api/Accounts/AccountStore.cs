using System.Buffers.Text;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Identity;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The store of the framework's Identity, on the ledger. The framework changes a draft, and <see cref="UpdateAsync"/> writes it. The framework's own clock is
/// the machine's; the end of a lock-out is kept by the clock of the rules.
/// </summary>
internal sealed class AccountStore(AccountCopy copy, AccountCommits commits, IClock clock)
    : IUserPasswordStore<AccountDraft>, IUserSecurityStampStore<AccountDraft>, IUserLockoutStore<AccountDraft>, IUserTwoFactorStore<AccountDraft>,
        IUserAuthenticatorKeyStore<AccountDraft>, IUserTwoFactorRecoveryCodeStore<AccountDraft>, IUserPasskeyStore<AccountDraft>,
        IUserLoginStore<AccountDraft>
{
    public Task<string> GetUserIdAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult(user.Row.Id.ToString());

    public Task<string?> GetUserNameAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Row.Email);

    public Task SetUserNameAsync(AccountDraft user, string? userName, CancellationToken cancellationToken) =>
        Change(user, user.Row with { Email = userName ?? user.Row.Email });

    public Task<string?> GetNormalizedUserNameAsync(AccountDraft user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(EmailAddress.Key(user.Row.Email));

    /// <summary>The form by which an address is found follows from the address, so nothing is kept.</summary>
    public Task SetNormalizedUserNameAsync(AccountDraft user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IdentityResult> CreateAsync(AccountDraft user, CancellationToken cancellationToken) =>
        Result(await commits.Put(ChangeKind.AccountMade, user.Row.Id.ToString(), null, user.Row, cancellationToken));

    public async Task<IdentityResult> UpdateAsync(AccountDraft user, CancellationToken cancellationToken)
    {
        if (user.Row.FailedSignIns > user.Read.FailedSignIns || user.Row.LockedUntil > user.Read.LockedUntil.GetValueOrDefault(Instant.MinValue))
            return await CountFailed(user, cancellationToken);
        var outcome = await commits.Put(ChangeKind.AccountChanged, user.Row.Id.ToString(), user.Read, user.Row, cancellationToken);
        if (outcome is CommitOutcome.Committed)
            user.Read = user.Row = copy.Accounts[user.Row.Id];
        return Result(outcome);
    }

    public Task<IdentityResult> DeleteAsync(AccountDraft user, CancellationToken cancellationToken)
    {
        user.Row = user.Row with { RemovedAt = clock.GetCurrentInstant(), Sessions = [] };
        return UpdateAsync(user, cancellationToken);
    }

    public async Task<AccountDraft?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParseExact(userId, "D", out var id) && await copy.Newest(new(id), cancellationToken) is { RemovedAt: null } account ? new(account) : null;

    public async Task<AccountDraft?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        copy.ByEmail(normalizedUserName) is { } known ? await FindByIdAsync(known.Id.ToString(), cancellationToken) : null;

    public Task SetPasswordHashAsync(AccountDraft user, string? passwordHash, CancellationToken cancellationToken) =>
        Change(user, user.Row with { PasswordHash = passwordHash });

    public Task<string?> GetPasswordHashAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult(user.Row.PasswordHash);

    public Task<bool> HasPasswordAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult(user.Row.PasswordHash is not null);

    public Task SetSecurityStampAsync(AccountDraft user, string stamp, CancellationToken cancellationToken) =>
        Change(user, user.Row with { SecurityStamp = stamp });

    public Task<string?> GetSecurityStampAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Row.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult(
        user.Row.LockedUntil is { } until ? TimeProvider.System.GetUtcNow() + (until - clock.GetCurrentInstant()).ToTimeSpan() : (DateTimeOffset?)null);

    public Task SetLockoutEndDateAsync(AccountDraft user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Change(user, user.Row with
    {
        LockedUntil = lockoutEnd is { } end
            ? clock.GetCurrentInstant() + Duration.FromSeconds((long)Math.Ceiling((end - TimeProvider.System.GetUtcNow()).TotalSeconds))
            : null,
    });

    public Task<int> IncrementAccessFailedCountAsync(AccountDraft user, CancellationToken cancellationToken)
    {
        user.Row = user.Row with { FailedSignIns = user.Row.FailedSignIns + 1 };
        return Task.FromResult(user.Row.FailedSignIns);
    }

    public Task ResetAccessFailedCountAsync(AccountDraft user, CancellationToken cancellationToken) => Change(user, user.Row with { FailedSignIns = 0 });

    public Task<int> GetAccessFailedCountAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult(user.Row.FailedSignIns);

    public Task<bool> GetLockoutEnabledAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>Every account can be locked.</summary>
    public Task SetLockoutEnabledAsync(AccountDraft user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetTwoFactorEnabledAsync(AccountDraft user, bool enabled, CancellationToken cancellationToken) =>
        Change(user, user.Row with { HasSecondFactor = enabled });

    public Task<bool> GetTwoFactorEnabledAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult(user.Row.HasSecondFactor);

    public Task SetAuthenticatorKeyAsync(AccountDraft user, string key, CancellationToken cancellationToken) =>
        Change(user, user.Row with { AuthenticatorKey = key });

    public Task<string?> GetAuthenticatorKeyAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult(user.Row.AuthenticatorKey);

    public Task ReplaceCodesAsync(AccountDraft user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Change(user, user.Row with { RecoveryCodes = [.. recoveryCodes.Select(code => ApiKeySecret.Hash(code))] });

    public Task<bool> RedeemCodeAsync(AccountDraft user, string code, CancellationToken cancellationToken)
    {
        var hash = code.Length <= ApiKeySecret.MaxLength ? ApiKeySecret.Hash(code) : "";
        if (!user.Row.RecoveryCodes.Contains(hash))
            return Task.FromResult(false);
        user.Row = user.Row with { RecoveryCodes = user.Row.RecoveryCodes.Remove(hash) };
        return Task.FromResult(true);
    }

    public Task<int> CountCodesAsync(AccountDraft user, CancellationToken cancellationToken) => Task.FromResult(user.Row.RecoveryCodes.Length);

    public Task AddOrUpdatePasskeyAsync(AccountDraft user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var row = PasskeyRows.Of(passkey);
        var passkeys = user.Row.Passkeys;
        var known = passkeys.FirstOrDefault(one => one.Id == row.Id);
        row = row with { MadeAt = known?.MadeAt ?? clock.GetCurrentInstant() };
        return Change(user, user.Row with { Passkeys = known is null ? passkeys.Add(row) : passkeys.Replace(known, row) });
    }

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(AccountDraft user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Row.Passkeys.Select(PasskeyRows.Read)]);

    public async Task<AccountDraft?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        copy.ByPasskey(Base64Url.EncodeToString(credentialId)) is { } known ? await FindByIdAsync(known.Id.ToString(), cancellationToken) : null;

    public Task<UserPasskeyInfo?> FindPasskeyAsync(AccountDraft user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(user, credentialId) is { } passkey ? PasskeyRows.Read(passkey) : null);

    public Task RemovePasskeyAsync(AccountDraft user, byte[] credentialId, CancellationToken cancellationToken) =>
        Find(user, credentialId) is { } passkey ? Change(user, user.Row with { Passkeys = user.Row.Passkeys.Remove(passkey) }) : Task.CompletedTask;

    public Task AddLoginAsync(AccountDraft user, UserLoginInfo login, CancellationToken cancellationToken) =>
        Change(user, user.Row with { Logins = user.Row.Logins.Add(new(login.LoginProvider, login.ProviderKey)) });

    public Task RemoveLoginAsync(AccountDraft user, string loginProvider, string providerKey, CancellationToken cancellationToken) =>
        Change(user, user.Row with { Logins = user.Row.Logins.Remove(new(loginProvider, providerKey)) });

    public Task<IList<UserLoginInfo>> GetLoginsAsync(AccountDraft user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserLoginInfo>>([.. user.Row.Logins.Select(login => new UserLoginInfo(login.Provider, login.Key, login.Provider))]);

    public async Task<AccountDraft?> FindByLoginAsync(string loginProvider, string providerKey, CancellationToken cancellationToken) =>
        copy.ByLogin(new(loginProvider, providerKey)) is { } known ? await FindByIdAsync(known.Id.ToString(), cancellationToken) : null;

    /// <summary>The store keeps nothing open.</summary>
    public void Dispose()
    {
    }

    /// <summary>
    /// Counts a wrong answer on the newest row: two answers at once count twice. The count and the lock are computed here, because the framework has computed
    /// them from the row that was read before.
    /// </summary>
    private async Task<IdentityResult> CountFailed(AccountDraft user, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var after = await commits.Change(user.Row.Id, ChangeKind.AccountSignInFailed, AccountCommits.SignInPage, before => before switch
        {
            _ when now < before.LockedUntil => before,
            { FailedSignIns: < AccountLimits.WrongSignIns - 1 } => before with { FailedSignIns = before.FailedSignIns + 1 },
            _ => before with { FailedSignIns = 0, LockedUntil = now + Duration.FromMinutes(AccountLimits.LockMinutes) },
        }, cancellation);
        if (after is null)
            return Conflict("NotCounted");
        user.Read = user.Row = after;
        return IdentityResult.Success;
    }

    private static Passkey? Find(AccountDraft user, byte[] credentialId)
    {
        var id = Base64Url.EncodeToString(credentialId);
        return user.Row.Passkeys.FirstOrDefault(passkey => passkey.Id == id);
    }

    private static Task Change(AccountDraft user, Account row)
    {
        user.Row = row;
        return Task.CompletedTask;
    }

    private static IdentityResult Result(CommitOutcome outcome) => outcome is CommitOutcome.Committed
        ? IdentityResult.Success
        : Conflict(outcome.GetType().Name);

    private static IdentityResult Conflict(string why) => IdentityResult.Failed(new IdentityError { Code = "Conflict", Description = why });
}
