using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a weekly template.</summary>
internal static class TemplateBody
{
    public static (WeeklyTemplate Template, bool Force, string? Reason) Parse(Fields fields)
    {
        var rows = fields.Objects("weekly", Absent.IsFault, Limits.TemplateRows, Row);
        var (from, to) = DateRange.Parse(fields);
        if (!fields.Faults.Any)
            RefuseOverlaps(rows, fields);
        return (new(from, to, rows), fields.FlagOr("force", Absent.MayBeNull) ?? false, fields.ReasonOr("reason", Absent.MayBeNull));
    }

    private static WeeklyRow Row(Fields row)
    {
        var days = row.Texts<IsoDayOfWeek>("days", 7, Words.TryDay);
        if (days.IsEmpty || days.Distinct().Count() < days.Length)
            row.Fault("days", "must name at least one day, and none twice");
        var from = row.Text<int>("fromTime", Words.TryHour);
        var to = row.Text<int>("toTime", Words.TryHour);
        if (from >= to)
            row.Fault("toTime", "must be a whole hour later than fromTime, 24:00 at the latest");
        return new(days, new LocalTime(Math.Min(from, 23), 0), to, row.Whole("seats", 0, Limits.Seats));
    }

    private static void RefuseOverlaps(ImmutableArray<WeeklyRow> rows, Fields fields)
    {
        for (var k = 1; k < rows.Length; k++)
        {
            for (var j = 0; j < k; j++)
            {
                if (rows[j].Days.Intersect(rows[k].Days).Any() && rows[j].From.Hour < rows[k].ToHour && rows[k].From.Hour < rows[j].ToHour)
                    fields.Fault($"weekly[{k}]", $"must not overlap weekly[{j}]");
            }
        }
    }
}

/// <summary>Dates <c>from</c> and <c>to</c>, both included.</summary>
internal static class DateRange
{
    public static (LocalDate From, LocalDate To) Parse(Fields fields)
    {
        var from = fields.Date("from");
        var to = fields.Date("to");
        if (to < from)
            fields.Fault("to", "must not be before from");
        else if (Period.DaysBetween(from, to) > Limits.CapacityDays && !fields.Faults.Any)
            fields.Fault("to", $"must be at most {Limits.CapacityDays} days after from");
        return (from, to);
    }
}
