using Microsoft.AspNetCore.Localization;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The cookies that hold a reader's choices. They say nothing of the reader, and pages work without them.</summary>
internal static class PageCookies
{
    public const string LanguageName = "scheduler-language";
    private const string ThemeName = "scheduler-theme";
    private const string KeysName = "scheduler-keys";
    private const string ClockName = "scheduler-clock";
    private const string KeysOff = "off";
    private const string TwelveHours = "12";

    /// <summary>The choices of the reader; what the reader did not choose is as for everybody.</summary>
    public static PersonalChoices Read(HttpRequest request, PageLanguage language) => new()
    {
        Language = language.Tag,
        Theme = ChoicesText.Themes.FirstOrDefault(theme => theme == request.Cookies[ThemeName]),
        HasTwelveHours = request.Cookies[ClockName] == TwelveHours,
        HasLetterKeys = request.Cookies[KeysName] != KeysOff,
    };

    /// <summary>Keeps all choices in the reader's browser.</summary>
    public static void Keep(HttpContext http, PersonalChoices choices)
    {
        if (PageLanguage.Of(choices.Language) is { } language)
            KeepLanguage(http, language);
        Set(http, ThemeName, choices.Theme);
        Set(http, ClockName, choices.HasTwelveHours ? TwelveHours : null);
        Set(http, KeysName, choices.HasLetterKeys ? null : KeysOff);
    }

    public static void KeepLanguage(HttpContext http, PageLanguage language) =>
        http.Response.Cookies.Append(LanguageName, CookieRequestCultureProvider.MakeCookieValue(new(language.Tag)), Options(http));

    private static void Set(HttpContext http, string name, string? value)
    {
        if (value is null)
            http.Response.Cookies.Delete(name);
        else
            http.Response.Cookies.Append(name, value, Options(http));
    }

    private static CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, IsEssential = true, MaxAge = TimeSpan.FromDays(365), Path = "/", SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps,
    };
}
