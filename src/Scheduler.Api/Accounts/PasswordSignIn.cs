using Microsoft.AspNetCore.Identity;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Signs in with an e-mail address and a password. An address without an account takes as long, counts and answers like a wrong password.
/// </summary>
internal sealed class PasswordSignIn(
    AccountSignIn signIn, UserManager<AccountDraft> users, AccountCopy accounts, SignInLimits limits, IPasswordHasher<AccountDraft> hasher,
    UnknownSignIns unknown, IClock clock)
{
    private static string? _absentHash;

    public async Task<SignInOutcome> Try(HttpContext http, string email, string password)
    {
        using var turn = await limits.Turn(http, email);
        var now = clock.GetCurrentInstant();
        if (!turn.IsAcquired || !limits.IsOpen(http, email))
            return new SignInOutcome.TooMany();
        if (accounts.ByEmail(email) is not { PasswordHash: not null } known || await users.FindByIdAsync(known.Id.ToString()) is not { } account)
            return await Absent(http, email, password, now);
        var result = await signIn.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true);
        if (result.Succeeded)
            return signIn.HasBegun ? new SignInOutcome.Done(account.Row.Role) : new SignInOutcome.Unavailable();
        if (result.RequiresTwoFactor)
            return new SignInOutcome.NeedsCode();
        limits.Count(http, email);
        return result.IsLockedOut && account.Row.LockedUntil is { } until ? new SignInOutcome.Locked(until) : new SignInOutcome.Wrong();
    }

    private async Task<SignInOutcome> Absent(HttpContext http, string email, string password, Instant now)
    {
        limits.Count(http, email);
        if (limits.LockOfUnknown(email, now) is { } locked)
            return new SignInOutcome.Locked(locked);
        _absentHash ??= hasher.HashPassword(null!, ApiKeySecret.Draw());
        hasher.VerifyHashedPassword(null!, _absentHash, password);
        await unknown.Record(http.RequestAborted);
        return limits.CountUnknown(email, now) is { } until ? new SignInOutcome.Locked(until) : new SignInOutcome.Wrong();
    }
}
