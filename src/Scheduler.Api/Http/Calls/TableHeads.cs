using Microsoft.Extensions.Localization;

namespace Scheduler.Api;

/// <summary>
/// The heads of a table's columns. A reader who is signed in on the pages gets them in the language of the pages. A program with a key or a token gets the
/// names of the contract, which never change.
/// </summary>
internal static class TableHeads
{
    /// <summary>The heads for the caller.</summary>
    /// <param name="http">The request.</param>
    /// <param name="names">The names of the contract.</param>
    public static IReadOnlyList<string> Of(HttpContext http, IReadOnlyList<string> names)
    {
        if (!IsReader(http))
            return names;
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<ExportTexts>>();
        return [.. names.Select(name => texts[$"head.{name}"].Value)];
    }

    /// <summary>Whether the caller reads the table in a browser, by the cookie of a session.</summary>
    public static bool IsReader(HttpContext http) => SignedInIdentity.Of(http.User) is { AuthenticationType: SessionCookie.SchemeName };
}
