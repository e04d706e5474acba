using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using OtpNet;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Checks the codes of authenticator apps (RFC 6238). The framework's own check takes a code as often as it is sent while its time lasts; this check writes the
/// time step of each code into the account, and takes no code of that step or of an earlier one again.
/// </summary>
internal sealed class OneUseCodes(TimeProvider time) : AuthenticatorTokenProvider<AccountDraft>
{
    private const int SecondsOfStep = 30;

    public override async Task<bool> ValidateAsync(string purpose, string token, UserManager<AccountDraft> manager, AccountDraft user)
    {
        if (user.Row.AuthenticatorKey is not { } key || StepOf(key, token, user.Row.LastCodeStep) is not { } step)
            return false;
        user.Row = user.Row with { LastCodeStep = step };
        // The account's version is checked. So of two sign-ins at once with the same code, one is refused.
        return (await manager.UpdateAsync(user)).Succeeded;
    }

    /// <summary>The time step whose code this is; null when it is no code, or one that may not be used.</summary>
    private long? StepOf(string key, string token, long lastUsed)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds() / SecondsOfStep;
        var given = Encoding.UTF8.GetBytes(token);
        var codes = new Hotp(Base32Encoding.ToBytes(key));
        for (var step = Math.Max(now - AccountLimits.CodeSteps, lastUsed + 1); step <= now + AccountLimits.CodeSteps; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(codes.ComputeHOTP(step)), given))
                return step;
        }

        return null;
    }
}
