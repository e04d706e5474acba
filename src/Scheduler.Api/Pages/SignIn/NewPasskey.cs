using Microsoft.AspNetCore.Identity;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Makes the passkey of a person who has no account yet, or whose account is recovered.</summary>
internal sealed class NewPasskey(AccountSignIn accounts, IClock clock)
{
    private const int LongestCredential = 64_000;

    /// <summary>The options for the browser. The id of the account is drawn here, because the passkey has the id in it.</summary>
    public async Task<IResult> Options(AccountId? account, string email, string name) => TypedResults.Text(
        await accounts.MakePasskeyCreationOptionsAsync(new() { Id = (account ?? AccountId.New()).ToString(), Name = email, DisplayName = name }),
        JsonBytes.MediaType);

    /// <summary>The passkey of a form, with the id of its account; null when the browser gave none for the options of a moment ago.</summary>
    public async Task<SignInMeans?> Read(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["credential"].FirstOrDefault() is not { Length: > 0 and <= LongestCredential } credential || !await accounts.HasPasskeyOptions()
            || await accounts.PerformPasskeyAttestationAsync(credential) is not { Succeeded: true } attested
            || !Guid.TryParseExact(attested.UserEntity.Id, "D", out var account))
            return null;
        attested.Passkey.Name = BrowserName.Of(http.Request.Headers.UserAgent.ToString()) is { Length: > 0 } browser ? browser : "Passkey";
        return new() { Account = new(account), Passkey = PasskeyRows.Of(attested.Passkey) with { MadeAt = clock.GetCurrentInstant() } };
    }
}
