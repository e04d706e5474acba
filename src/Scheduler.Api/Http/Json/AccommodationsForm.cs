using System.Collections.Immutable;
using System.Globalization;
using Microsoft.OpenApi;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Candidates with extra time as a text in a query, such as <c>2x50,1x25</c>: two candidates with 50 per cent, and one with 25. The limits are those of a body.
/// </summary>
internal static class AccommodationsForm
{
    private static readonly string _remedy =
        $"must be at most {Limits.Accommodations} groups such as 2x50,1x25: the candidates of a group, from 1 to {Limits.Seats}, then x, then the extra "
        + $"time in per cent, from 1 to {Limits.ExtraTimePercent}";

    public static TextForm<ImmutableArray<Accommodation>> Groups { get; } = new(TryRead, Write)
    {
        Describe = schema =>
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = "^[0-9]+x[0-9]+(,[0-9]+x[0-9]+)*$";
            schema.Examples = ["2x50,1x25"];
        },
    };

    private static string Write(ImmutableArray<Accommodation> groups) =>
        string.Join(',', groups.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Candidates}x{group.ExtraTimePercent}")));

    private static bool TryRead(string text, out ImmutableArray<Accommodation> groups, out string remedy)
    {
        remedy = _remedy;
        groups = [];
        var parts = text.Split(',', Limits.Accommodations + 1);
        if (parts.Length > Limits.Accommodations)
            return false;
        foreach (var part in parts)
        {
            if (part.Split('x') is not [var candidates, var percent]
                || !TryNumber(candidates, Limits.Seats, out var count) || !TryNumber(percent, Limits.ExtraTimePercent, out var extra))
                return false;
            groups = groups.Add(new(count, extra));
        }

        return true;
    }

    private static bool TryNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= most;
}
