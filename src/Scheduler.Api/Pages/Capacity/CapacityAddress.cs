using System.Globalization;
using System.Text;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The address of a week of a pool's capacity, with the hours that the reader wants to change. It holds all that the page shows, so the page works without
/// script.
/// </summary>
public sealed record CapacityAddress
{
    /// <summary>The pool; null for the first one.</summary>
    public PoolId? Pool { get; init; }

    /// <summary>A day of the week that is shown; null for the week of the range, or for this week.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The hours that the pane is about; null without a pane.</summary>
    public HourRange? Range { get; init; }

    /// <summary>The seats that each hour shall have; null when nobody has said so yet, or for <see cref="IsTemplate"/>.</summary>
    public int? Seats { get; init; }

    /// <summary>Whether the hours shall have the seats of the template again.</summary>
    public bool IsTemplate { get; init; }

    /// <summary>Whether hours that are closed shall get the seats too.</summary>
    public bool OpensClosed { get; init; }

    /// <summary>Whether hours shall go below what is booked.</summary>
    public bool IsForced { get; init; }

    /// <summary>The reason that was typed before a save that changed nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether the address says what the hours shall have, so that a preview can be made.</summary>
    public bool IsWhole => Range is not null && (Seats is not null || IsTemplate);

    /// <summary>Reads the address of a page, or the fields of a form. What cannot be read is left out.</summary>
    /// <param name="fields">The values of the fields.</param>
    internal static CapacityAddress Read(Func<string, string?> fields)
    {
        var day = Date("day");
        var (hour, until) = (Hour("hour"), Hour("until"));
        var range = day is { } first && hour is { } start ? new HourRange(first, Date("last") ?? first, start, until ?? start + 1) : null;
        return new()
        {
            Pool = PoolId.TryParse(fields("pool") ?? "", out var pool) ? pool : null,
            From = Date("from"),
            Range = range is { IsWhole: true } ? range : null,
            Seats = Whole("seats") is { } seats && seats <= Limits.Seats ? seats : null,
            IsTemplate = fields("template") == "on",
            OpensClosed = fields("open") == "on",
            IsForced = fields("way") == "force",
            Reason = fields("reason")?.Trim() is { Length: > 0 and <= Limits.ReasonCharacters } reason ? reason : null,
        };

        LocalDate? Date(string name) => DateField.Read(fields(name));
        int? Hour(string name) => Whole(name) is { } value and <= 24 ? value : null;
        int? Whole(string name) => int.TryParse(fields(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>The same pool and week without a pane.</summary>
    public CapacityAddress Week() => new() { Pool = Pool, From = From ?? Range?.Day };

    /// <summary>The fields, in their order.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        if (Pool is { } pool)
            yield return ("pool", pool.Text);
        if (Range is null && From is { } from)
            yield return ("from", TextForms.Date.Write(from));
        if (Range is not { } range)
            yield break;
        yield return ("day", TextForms.Date.Write(range.Day));
        if (range.Last != range.Day)
            yield return ("last", TextForms.Date.Write(range.Last));
        yield return ("hour", Text(range.Hour));
        if (range.Until != range.Hour + 1)
            yield return ("until", Text(range.Until));
        if (IsTemplate)
            yield return ("template", "on");
        else if (Seats is { } seats)
            yield return ("seats", Text(seats));
        if (OpensClosed)
            yield return ("open", "on");
        if (IsForced)
            yield return ("way", "force");
        if (Reason is { } reason)
            yield return ("reason", reason);
    }

    /// <inheritdoc />
    public override string ToString() => CapacityPaths.Week + Query();

    /// <summary>The fields as the query of an address.</summary>
    public string Query()
    {
        var query = new StringBuilder();
        foreach (var (name, value) in Fields())
            query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return query.ToString();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
