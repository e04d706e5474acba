using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// R13 for forms: every form has a key of its own in a hidden field, so that a form which is sent twice changes things once. The hash covers the address and
/// the fields.
/// </summary>
internal static class FormStamp
{
    public const string Field = "key";

    /// <summary>The caller of a form, with the stamp when the form has a key.</summary>
    public static async Task<Caller> Caller(PageContext page, int? seenVersion = null)
    {
        var form = await page.Http.Request.ReadFormAsync(page.Http.RequestAborted);
        var key = form[Field].FirstOrDefault();
        var isKey = key is { Length: > 0 and <= Limits.IdempotencyKeyCharacters } && !key.AsSpan().ContainsAnyExceptInRange('!', '~');
        return new(page.Who, isKey ? new(page.Who.Id, key!, Hash(page.Http, form)) : null, seenVersion);
    }

    /// <summary>The version that the reader of the form has seen; null when the form names none.</summary>
    public static int? SeenVersion(IFormCollection form) =>
        int.TryParse(form["version"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <summary>The caller of a form whose key is not of the form but of what the form is about, with what the key stands for.</summary>
    public static Caller Caller(PageContext page, string key, string content) =>
        new(page.Who, new(page.Who.Id, key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))), null);

    private static string Hash(HttpContext http, IFormCollection form)
    {
        var token = http.RequestServices.GetRequiredService<IAntiforgery>().GetTokens(http).FormFieldName;
        var text = new StringBuilder().Append(http.Request.Path).Append(http.Request.QueryString).Append('\n');
        foreach (var (name, value) in form.Where(field => field.Key != token).OrderBy(field => field.Key, StringComparer.Ordinal))
            text.Append(name).Append('=').Append(value).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
