using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The forms that accept an invitation, or make the first operator, with a passkey instead of a password.</summary>
internal static class JoinPasskey
{
    private const string FirstOptions = $"{SignInPaths.First}/passkey/options";

    public static void MapJoinPasskey(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost($"{SignInPaths.Join}/passkey/options", OptionsToJoin).AllowAnonymous().TakesForm();
        endpoints.MapPost($"{SignInPaths.Join}/passkey", Join).AllowAnonymous().TakesForm();
        endpoints.MapPost(FirstOptions, OptionsOfFirst).AllowAnonymous().TakesForm();
        endpoints.MapPost(FirstAddress, MakeFirst).AllowAnonymous().TakesForm();
    }

    /// <summary>The query parameter that says why the last passkey made no account.</summary>
    public const string WhyField = "refused";

    /// <summary>Where the form of the first operator goes.</summary>
    public const string FirstAddress = $"{SignInPaths.First}/passkey";

    /// <summary>Where the options of the first operator's passkey come from.</summary>
    public const string OptionsAddress = FirstOptions;

    /// <summary>Where the form of an invitation goes.</summary>
    public static string Address(string secret) => $"{SignInPaths.Join}/passkey?{SignInPaths.Secret}={Uri.EscapeDataString(secret)}";

    /// <summary>Where the options of an invitation's passkey come from.</summary>
    public static string Options(string secret) => $"{SignInPaths.Join}/passkey/options?{SignInPaths.Secret}={Uri.EscapeDataString(secret)}";

    private static async Task<IResult> OptionsToJoin(PageContext page, NewPasskey passkeys, IStringLocalizer<AccountTexts> text, string? code)
    {
        if (Open(page, code) is not { } invitation)
            return Refused(text["join.unknown"]);
        var name = await Field(page.Http, "Name");
        if (invitation.Recovers is null && PersonFields.Fault(name, invitation.Email) is { } fault)
            return Refused(text[fault]);
        return await passkeys.Options(invitation.Recovers, invitation.Email, invitation.Recovers is null ? name!.Trim() : invitation.Email);
    }

    private static async Task<IResult> Join(PageContext page, NewPasskey passkeys, PeopleCommands people, AccountSignIn accounts, string? code)
    {
        var back = $"{SignInPaths.Join}?{SignInPaths.Secret}={Uri.EscapeDataString(code ?? "")}";
        // The page says what became of the link.
        if (Open(page, code) is not { } invitation)
            return TypedResults.LocalRedirect(back);
        var name = invitation.Recovers is null ? await Field(page.Http, "Name") : invitation.Email;
        if (PersonFields.Fault(name, invitation.Email) is not null)
            return Because(back, "name");
        // A passkey for a recovered account names that account, and a passkey for a new account names none that exists.
        if (await passkeys.Read(page.Http) is not { } means || (invitation.Recovers is { } recovered && recovered != means.Account))
            return Because(back, "passkey");
        return await people.Accept(invitation.Id, name!.Trim(), means, page.Http.RequestAborted) switch
        {
            CommandResult<AccountSnapshot>.Done(var account, _) when await accounts.Begin(account.Id, isStrong: true) =>
                TypedResults.LocalRedirect(NavigationEntry.First(account.Role)),
            CommandResult<AccountSnapshot>.Done => TypedResults.LocalRedirect(SignInPaths.Unavailable),
            CommandResult<AccountSnapshot>.Refused => Because(back, "taken"),
            CommandResult<AccountSnapshot>.NotFound => TypedResults.LocalRedirect(back),
            _ => Because(back, "unavailable"),
        };
    }

    private static RedirectHttpResult Because(string back, string why) =>
        TypedResults.LocalRedirect($"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{WhyField}={why}");

    private static async Task<IResult> OptionsOfFirst(PageContext page, FirstAccount first, NewPasskey passkeys, IStringLocalizer<AccountTexts> text)
    {
        var (name, email) = (await Field(page.Http, "Name"), (await Field(page.Http, "Email"))?.Trim() ?? "");
        if (first.KeyFault(page.Http, await Field(page.Http, "Key")) is { } wrong)
            return Refused(text[wrong, AccountLimits.WrongSignInMinutes]);
        return PersonFields.Fault(name, email) is { } fault ? Refused(text[fault]) : await passkeys.Options(null, email, name!.Trim());
    }

    private static async Task<IResult> MakeFirst(PageContext page, FirstAccount first, NewPasskey passkeys, PeopleCommands people, AccountSignIn accounts)
    {
        var (name, email) = (await Field(page.Http, "Name"), (await Field(page.Http, "Email"))?.Trim() ?? "");
        if (first.IsClosed)
            return TypedResults.LocalRedirect(SignInPaths.First);
        if (first.KeyFault(page.Http, await Field(page.Http, "Key")) is { } wrong)
            return Because(SignInPaths.First, wrong == "sign.tooMany" ? "many" : "key");
        if (PersonFields.Fault(name, email) is not null)
            return Because(SignInPaths.First, "name");
        if (await passkeys.Read(page.Http) is not { } means)
            return Because(SignInPaths.First, "passkey");
        return await people.MakeFirst(email, name!.Trim(), means, page.Http.RequestAborted) is CommandResult<AccountSnapshot>.Done(var account, _)
            && await accounts.Begin(account.Id, isStrong: true)
            ? TypedResults.LocalRedirect(NavigationEntry.First(account.Role))
            : Because(SignInPaths.First, "unavailable");
    }

    private static Invitation? Open(PageContext page, string? code) =>
        code is { Length: > 0 and <= ApiKeySecret.MaxLength } && page.Api.Accounts.BySecret(ApiKeySecret.Hash(code)) is { } invitation
        && page.Api.Accounts.IsOpen(invitation, page.Now, page.Api.Catalogue.Current)
            ? invitation
            : null;

    private static async Task<string?> Field(HttpContext http, string name) => (await http.Request.ReadFormAsync(http.RequestAborted))[name].FirstOrDefault();

    /// <summary>A script shows the sentence.</summary>
    private static ContentHttpResult Refused(string sentence) => TypedResults.Text(sentence, statusCode: StatusCodes.Status422UnprocessableEntity);
}
