using System.Security.Claims;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The identity of a caller, the same for every way of signing in: the caller's principal of the domain, with the role as a claim.</summary>
internal sealed class SignedInIdentity : ClaimsIdentity
{
    public SignedInIdentity(Principal principal, string scheme, ApiKeyId? key)
        : base([new Claim(ClaimTypes.Name, principal.Name), new Claim(ClaimTypes.Role, TextForms.Role.Write(principal.Role))], scheme)
    {
        Principal = principal;
        Key = key;
    }

    public Principal Principal { get; }

    /// <summary>The API key that signed the caller in; null for another way of signing in.</summary>
    public ApiKeyId? Key { get; }

    /// <summary>The account that is signed in; null for an API key.</summary>
    public AccountId? Account { get; init; }

    /// <summary>The session of the account; null for an API key.</summary>
    public Guid? Session { get; init; }

    /// <summary>Whether the account must set up a second factor before it does anything else.</summary>
    public bool NeedsSecondFactor { get; init; }

    /// <summary>The identity of a user; null when nobody is signed in.</summary>
    public static SignedInIdentity? Of(ClaimsPrincipal user) => user.Identity as SignedInIdentity;
}
