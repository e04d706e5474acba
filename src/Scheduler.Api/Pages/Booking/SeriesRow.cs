using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// One row of a series, as a person writes or pastes it: a local date, a local time, and perhaps seats and a reference, apart by tabs, commas or semicolons.
/// </summary>
/// <param name="Text">The row as written.</param>
/// <param name="Wish">What the row asks for; null when the row cannot be read.</param>
internal sealed record SeriesRow(string Text, BookingWish? Wish)
{
    private static readonly char[] _marks = ['\t', ',', ';'];

    /// <summary>The rows of a text; empty lines are left out, and rows beyond the limit.</summary>
    public static ImmutableArray<SeriesRow> Read(string text, PoolId pool, Need need, DateTimeZone zone) =>
    [
        .. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(Limits.SeriesRows)
            .Select(line => new SeriesRow(line, WishOf(line, pool, need, zone))),
    ];

    /// <summary>The text of a row.</summary>
    public static string Write(LocalDateTime start, int? seats = null, string? reference = null) => string.Join(
        '\t', new[] { TextForms.Date.Write(start.Date), Time(start), seats?.ToString(CultureInfo.InvariantCulture), reference }.OfType<string>());

    private static string Time(LocalDateTime start) => string.Create(CultureInfo.InvariantCulture, $"{start.Hour:00}:{start.Minute:00}");

    private static BookingWish? WishOf(string line, PoolId pool, Need need, DateTimeZone zone)
    {
        // A date and its time may be one column, as spreadsheets write them.
        var columns = line.Split(_marks, StringSplitOptions.TrimEntries);
        if (columns[0].Split([' ', 'T'], 2) is [var date, var time])
            columns = [date, time, .. columns.Skip(1)];
        if (columns.Length < 2 || !TextForms.Date.TryRead(columns[0], out var day, out _)
            || !MinuteOfDay.Form.TryRead(columns[1].PadLeft(5, '0'), out var minute, out _) || minute.Minute >= MinuteOfDay.Last)
            return null;
        var seats = need.Seats;
        if (columns is [_, _, { Length: > 0 } typed, ..])
            seats = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Limits.Seats ? number : null;
        var reference = columns.Length > 3 && columns[3].Length > 0 ? columns[3] : null;
        if (seats is not { } count || (reference is not null && (reference.Length > Limits.TextCharacters || !TextForms.AnyText.Accepts(reference, out _))))
            return null;
        var groups = need.WithExtraTime <= count ? need.Accommodations : [];
        var start = zone.MapLocal(day.At(LocalTime.FromMinutesSinceMidnight(minute.Minute)));
        // An hour that the clock skips is no start, and an hour that comes twice has to be chosen in the grid.
        return start.Count == 1 ? need.With(count, groups).Wish(pool, start.Single().ToInstant(), reference) : null;
    }
}
