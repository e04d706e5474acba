using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Primitives;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What the form of a template says, in an address or in a form that is sent.</summary>
public sealed record TemplateFields
{
    /// <summary>The pool; null when the address names none.</summary>
    public PoolId? Pool { get; init; }

    /// <summary>The first day; null when it cannot be read.</summary>
    public LocalDate? From { get; init; }

    /// <summary>The last day, included; null when it cannot be read.</summary>
    public LocalDate? To { get; init; }

    /// <summary>The rows.</summary>
    public ImmutableArray<TemplateRow> Rows { get; init; } = [];

    /// <summary>Whether somebody has sent the form, so that a preview is wanted.</summary>
    public bool IsSent { get; init; }

    /// <summary>One row to fill in, for a year from today.</summary>
    internal static TemplateFields Blank(Pool pool, Instant now)
    {
        var today = now.InZone(pool.Zone).Date;
        return new() { Pool = pool.Id, From = today, To = today.PlusYears(1).PlusDays(-1), Rows = [TemplateRow.Blank] };
    }

    /// <summary>The form of a template that there is, with a row to add.</summary>
    internal static TemplateFields Of(Pool pool, WeeklyTemplate template) => new()
    {
        Pool = pool.Id,
        From = template.From,
        To = template.To,
        Rows = [.. template.Rows.Select(row => new TemplateRow(row.Days, row.From.Hour, row.ToHour, row.Seats))],
    };

    internal static TemplateFields Read(Func<string, StringValues> fields)
    {
        var rows = ImmutableArray.CreateBuilder<TemplateRow>();
        for (var k = 0; k < Limits.TemplateRows && Whole($"hour{k}") is { } hour; k++)
        {
            ImmutableArray<IsoDayOfWeek> days =
            [
                .. fields($"days{k}").Select(day => TextForms.Day.TryRead(day ?? "", out var read, out _) ? read : IsoDayOfWeek.None)
                    .Where(day => day != IsoDayOfWeek.None).Distinct(),
            ];
            var until = Math.Min(Whole($"until{k}") ?? hour + 1, 24);
            rows.Add(new(days, Math.Min(hour, 23), until, Whole($"seats{k}") is { } seats and <= Limits.Seats ? seats : null));
        }

        return new()
        {
            Pool = PoolId.TryParse(Text("pool"), out var pool) ? pool : null,
            From = DateField.Read(Text("from")),
            To = DateField.Read(Text("to")),
            Rows = rows.ToImmutable(),
            IsSent = rows.Count > 0,
        };

        string Text(string name) => fields(name).FirstOrDefault() ?? "";
        int? Whole(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>The template; null when a field has to be changed first.</summary>
    internal WeeklyTemplate? Template(Pool pool, Instant now) => Fault(pool, now) is null
        ? new(From!.Value, To!.Value, [.. Filled.Select(row => row.ToRow())])
        : null;

    /// <summary>The name of the text that says what to change; null when the template can be tried.</summary>
    internal string? Fault(Pool pool, Instant now)
    {
        var filled = Filled.ToList();
        if (From is not { } from || To is not { } to || to < from || Period.DaysBetween(from, to) > Limits.CapacityDays)
            return "template.fault.dates";
        if (to < now.InZone(pool.Zone).Date)
            return "template.fault.over";
        if (filled.Exists(row => row.Days.IsEmpty))
            return "template.fault.days";
        if (filled.Exists(row => row.Until <= row.Hour))
            return "template.fault.hours";
        return filled.Index().Any(one => filled.Take(one.Index).Any(one.Item.Overlaps)) ? "template.fault.overlap" : null;
    }

    /// <summary>The fields, in their order.</summary>
    public IEnumerable<(string Name, string Value)> Fields()
    {
        if (Pool is { } pool)
            yield return ("pool", pool.Text);
        if (From is { } from)
            yield return ("from", TextForms.Date.Write(from));
        if (To is { } to)
            yield return ("to", TextForms.Date.Write(to));
        foreach (var (k, row) in Rows.Index())
        {
            foreach (var day in row.Days)
                yield return ($"days{k}", TextForms.Day.Write(day));
            yield return ($"hour{k}", row.Hour.ToString(CultureInfo.InvariantCulture));
            yield return ($"until{k}", row.Until.ToString(CultureInfo.InvariantCulture));
            if (row.Seats is { } seats)
                yield return ($"seats{k}", seats.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <inheritdoc />
    public override string ToString()
    {
        var query = new StringBuilder(CapacityPaths.Template);
        foreach (var (index, (name, value)) in Fields().Index())
            query.Append(index == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return query.ToString();
    }

    private IEnumerable<TemplateRow> Filled => Rows.Where(row => row.Seats is not null);
}
