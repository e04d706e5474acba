using System.Globalization;

namespace Scheduler.Api;

/// <summary>Places in a row, such as "3rd" or "3e".</summary>
internal static class PageRank
{
    public static string Of(int rank) => PageLanguage.Current == PageLanguage.French
        ? string.Create(CultureInfo.InvariantCulture, $"{rank}{(rank == 1 ? "er" : "e")}")
        : string.Create(CultureInfo.InvariantCulture, $"{rank}{English(rank)}");

    private static string English(int rank) => (rank % 100, rank % 10) switch
    {
        (11 or 12 or 13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
}
