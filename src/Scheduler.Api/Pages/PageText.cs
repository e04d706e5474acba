using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Scheduler.Api;

/// <summary>Texts with plural forms.</summary>
internal static class PageText
{
    /// <summary>
    /// The text <c>name.one</c> or <c>name.other</c>, with the count as its first value. English says one for 1 alone, French for 0 and 1.
    /// </summary>
    public static string Count(this IStringLocalizer texts, string name, int count, params object[] others)
    {
        var isOne = count == 1 || (count == 0 && PageLanguage.Current == PageLanguage.French);
        return texts[$"{name}.{(isOne ? "one" : "other")}", [Number(count), .. others]];
    }

    /// <summary>A whole number with its thousands apart: by a comma in English, by a space that does not break in French.</summary>
    public static string Number(long number)
    {
        var text = number.ToString("#,0", CultureInfo.InvariantCulture);
        return PageLanguage.Current == PageLanguage.French ? text.Replace(',', '\u00a0') : text;
    }

    /// <summary>A whole number as digits alone.</summary>
    public static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
