using System.Globalization;

namespace Scheduler.Api;

/// <summary>A number with its noun, for sentences: <c>1 proctor</c>, <c>2 proctors</c>.</summary>
internal static class Counted
{
    /// <summary>The number with the noun, in the singular for 1. Every noun of the sentences has a plural with s.</summary>
    public static string Of(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>The number with the noun and a verb: <c>1 day is</c>, <c>2 days are</c>.</summary>
    public static string Are(int number, string noun) => $"{Of(number, noun)} {(number == 1 ? "is" : "are")}";
}
