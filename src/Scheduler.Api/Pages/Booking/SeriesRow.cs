using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// One row of a series, as a person writes or pastes it: a local date, a local time, and perhaps seats, a reference, extra time such as <c>2x50</c> and a mode,
/// apart by tabs, semicolons or commas.
/// </summary>
/// <param name="Text">The row as written.</param>
/// <param name="Wish">What the row asks for; null when the row cannot be read.</param>
internal sealed record SeriesRow(string Text, BookingWish? Wish)
{
    private const string NoExtraTime = "0";
    private static readonly char[] _marks = ['\t', ';', ','];

    /// <summary>Why the row asks for nothing; null when the row asks for something.</summary>
    public SeriesFault? Fault { get; private init; }

    /// <summary>
    /// The content of the row in short, the same in each sending of a form. Rows of one form that ask for the same have different marks. Null for a row that no
    /// form has.
    /// </summary>
    public string? Mark { get; private init; }

    /// <summary>The lines of a text; empty lines are left out.</summary>
    public static ImmutableArray<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The row of each line.</summary>
    public static ImmutableArray<SeriesRow> Read(IEnumerable<string> lines, PoolId pool, Need need, DateTimeZone zone)
    {
        var met = new Dictionary<string, int>(StringComparer.Ordinal);
        var rows = ImmutableArray.CreateBuilder<SeriesRow>();
        foreach (var line in lines)
        {
            var row = Of(line, pool, need, zone);
            if (row.Wish is { } wish)
            {
                var content = ContentOf(wish);
                met[content] = met.GetValueOrDefault(content) + 1;
                row = row with { Mark = Short(string.Create(CultureInfo.InvariantCulture, $"{content}|{met[content]}")) };
            }

            rows.Add(row);
        }

        return rows.ToImmutable();
    }

    /// <summary>The text of a row that asks for a block at a start, with the seats of the need.</summary>
    public static string Write(LocalDateTime start) => string.Join('\t', Day(start), Time(start));

    /// <summary>The text of a row that asks for a sitting again at another start. What the need says already is left out at the end of the row.</summary>
    public static string Write(LocalDateTime start, Sitting sitting, Need need)
    {
        var columns = new List<string>
        {
            Day(start), Time(start), sitting.Seats.ToString(CultureInfo.InvariantCulture), sitting.Reference?.Replace('\t', ' ') ?? "",
            sitting.Accommodations.IsEmpty ? need.Accommodations.IsEmpty ? "" : NoExtraTime
                : AccommodationsForm.Groups.Write(sitting.Accommodations).Replace(',', ' '),
            sitting.Mode == need.Mode ? "" : TextForms.Mode.Write(sitting.Mode),
        };
        return string.Join('\t', columns).TrimEnd('\t');
    }

    private static string Day(LocalDateTime start) => TextForms.Date.Write(start.Date);

    private static string Time(LocalDateTime start) => string.Create(CultureInfo.InvariantCulture, $"{start.Hour:00}:{start.Minute:00}");

    private static SeriesRow Of(string line, PoolId pool, Need need, DateTimeZone zone)
    {
        // One mark parts the columns of a row, so that a reference between tabs may have a comma.
        var columns = line.Split(_marks.FirstOrDefault(line.Contains, _marks[0]), StringSplitOptions.TrimEntries);
        // A date and its time may be one column, as spreadsheets write them.
        if (columns[0].Split([' ', 'T'], 2) is [var date, var time])
            columns = [date, time, .. columns.Skip(1)];
        if (columns.Length < 2 || Start(columns[0], columns[1], zone) is not { } start)
            return new(line, null) { Fault = SeriesFault.Unread };
        var seats = need.Seats;
        if (columns is [_, _, { Length: > 0 } typed, ..])
            seats = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Limits.Seats ? number : null;
        var reference = columns.Length > 3 && columns[3].Length > 0 ? columns[3] : null;
        if (seats is not { } count || (reference is not null && (reference.Length > Limits.TextCharacters || !TextForms.AnyText.Accepts(reference, out _))))
            return new(line, null) { Fault = SeriesFault.Unread };
        if (Candidates(columns.Skip(4), need) is not (var groups, var mode) || groups.Sum(group => (long)group.Candidates) > count)
            return new(line, null) { Fault = SeriesFault.ExtraTime };
        return new(line, need.With(count, groups).Wish(pool, start, reference)! with { Mode = mode });
    }

    /// <summary>Null for an hour that the clock skips, which is no start, and for an hour that comes twice, which has to be chosen in the grid.</summary>
    private static Instant? Start(string date, string time, DateTimeZone zone)
    {
        if (!TextForms.Date.TryRead(date, out var day, out _) || !MinuteOfDay.Form.TryRead(time.PadLeft(5, '0'), out var minute, out _)
            || minute.Minute >= MinuteOfDay.Last)
            return null;
        var start = zone.MapLocal(day.At(LocalTime.FromMinutesSinceMidnight(minute.Minute)));
        return start.Count == 1 ? start.Single().ToInstant() : null;
    }

    /// <summary>The extra time and the mode of a row: those of the need where the row names none. Null when a word cannot be read.</summary>
    private static (ImmutableArray<Accommodation> Groups, DeliveryMode Mode)? Candidates(IEnumerable<string> columns, Need need)
    {
        ImmutableArray<Accommodation>? groups = null;
        var mode = need.Mode;
        foreach (var word in columns.SelectMany(column => column.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)))
        {
            if (word == NoExtraTime)
                groups ??= [];
            else if (TextForms.Mode.TryRead(word, out var named, out _))
                mode = named;
            else if (AccommodationsForm.Groups.TryRead(word, out var more, out _) && (groups?.Length ?? 0) < Limits.Accommodations)
                groups = [.. groups ?? [], .. more];
            else
                return null;
        }

        return (groups ?? need.Accommodations, mode);
    }

    private static string ContentOf(BookingWish wish) => string.Join(
        '|', wish.Exam.Text, wish.Pool.Text, TextForms.Mode.Write(wish.Mode), TextForms.Instant.Write(wish.Start),
        wish.Seats.ToString(CultureInfo.InvariantCulture), AccommodationsForm.Groups.Write(wish.Accommodations), wish.Reference);

    private static string Short(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..32];
}
