using Microsoft.AspNetCore.Localization;

namespace Scheduler.Api;

/// <summary>The cookies that hold a reader's choices. They say nothing of the reader, and pages work without them.</summary>
internal static class PageCookies
{
    public const string LanguageName = "scheduler-language";
    private const string ThemeName = "scheduler-theme";
    private const string KeysName = "scheduler-keys";
    private const string KeysOff = "off";
    private static readonly string[] _themes = ["light", "dark"];

    /// <summary>The theme that the reader chose; null for the theme of the reader's system.</summary>
    public static string? Theme(HttpRequest request) => _themes.FirstOrDefault(theme => theme == request.Cookies[ThemeName]);

    public static void KeepTheme(HttpContext http, string? theme)
    {
        if (_themes.Contains(theme))
            http.Response.Cookies.Append(ThemeName, theme!, Options(http));
        else
            http.Response.Cookies.Delete(ThemeName);
    }

    public static void KeepLanguage(HttpContext http, PageLanguage language) =>
        http.Response.Cookies.Append(LanguageName, CookieRequestCultureProvider.MakeCookieValue(new(language.Tag)), Options(http));

    /// <summary>Whether single letters act as keys.</summary>
    public static bool HasLetterKeys(HttpRequest request) => request.Cookies[KeysName] != KeysOff;

    public static void KeepLetterKeys(HttpContext http, bool areOn)
    {
        if (areOn)
            http.Response.Cookies.Delete(KeysName);
        else
            http.Response.Cookies.Append(KeysName, KeysOff, Options(http));
    }

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, IsEssential = true, MaxAge = TimeSpan.FromDays(365), Path = "/", SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps,
    };
}
