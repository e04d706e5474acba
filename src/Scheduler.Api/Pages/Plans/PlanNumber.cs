using System.Globalization;

namespace Scheduler.Api;

/// <summary>Shares and amounts with a decimal place, in the reader's language.</summary>
internal static class PlanNumber
{
    /// <summary>Such as <c>96.6%</c> or <c>96,6 %</c>; a whole number without a decimal place. A share below one is never shown as 100%.</summary>
    public static string Percent(double share)
    {
        var percent = Math.Round(share * 100, 1);
        if (percent >= 100 && share < 1)
            percent = 99.9;
        return Decimal(percent) + (PageLanguage.Current == PageLanguage.French ? "\u00a0%" : "%");
    }

    /// <summary>With at most one decimal place and the thousands apart.</summary>
    public static string Decimal(double number)
    {
        var text = Math.Round(number, 1).ToString("#,0.#", CultureInfo.InvariantCulture);
        return PageLanguage.Current == PageLanguage.French ? text.Replace(",", "\u00a0", StringComparison.Ordinal).Replace('.', ',') : text;
    }

    /// <summary>A share of a bar, from 0 to 1.</summary>
    public static string Share(double share) => share.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>A coordinate of a drawing.</summary>
    public static string Place(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
