using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Whether the first operator's account may be made, and by whom.</summary>
internal sealed class FirstAccount(PageContext page, SignInLimits bounds)
{
    /// <summary>Whether the account exists already. The demonstration needs none.</summary>
    public bool IsClosed => page.Demo is not null || page.Api.Accounts.HasOperator;

    /// <summary>
    /// The name of the text that says what is wrong with the printed key that was typed; null for nothing. Every key is counted before it is judged.
    /// </summary>
    public string? KeyFault(HttpContext http, string? typed)
    {
        var key = typed?.Trim() ?? "";
        if (IsClosed)
            return "first.key.wrong";
        if (!bounds.Count(http, SignInPaths.First))
            return "sign.tooMany";
        return key.Length is > 0 and <= ApiKeySecret.MaxLength && page.Catalogue.KeysByHash.TryGetValue(ApiKeySecret.Hash(key), out var known)
            && known.Role == Role.Operator
            ? null
            : "first.key.wrong";
    }
}
