using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>Writes advised hours as the rows of a template that can be put.</summary>
public static class TemplateRows
{
    // Steps to which seats are rounded up, when exact seats would need too many rows.
    private static readonly ImmutableArray<int> _steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, Limits.Seats];

    /// <summary>
    /// At most <see cref="Limits.TemplateRows"/> rows that offer the advised seats in each hour, rounded up by the least step with which the rows are few
    /// enough. Touching hours of a day with equal seats share a row, and so do days with the same hours.
    /// </summary>
    public static ImmutableArray<WeeklyRow> Of(ImmutableArray<AdvisedHour> hours) =>
        _steps.Select(step => Rows(hours, step)).First(rows => rows.Length <= Limits.TemplateRows);

    private static ImmutableArray<WeeklyRow> Rows(ImmutableArray<AdvisedHour> hours, int step)
    {
        var runs = new List<(IsoDayOfWeek Day, int From, int To, int Seats)>();
        foreach (var hour in hours.OrderBy(hour => hour.Day).ThenBy(hour => hour.Hour))
        {
            var seats = Math.Min((hour.Seats + step - 1) / step * step, Limits.Seats);
            if (runs.Count > 0 && runs[^1] is var last && last.Day == hour.Day && last.To == hour.Hour && last.Seats == seats)
                runs[^1] = last with { To = hour.Hour + 1 };
            else
                runs.Add((hour.Day, hour.Hour, hour.Hour + 1, seats));
        }

        return
        [
            .. runs.GroupBy(run => (run.From, run.To, run.Seats)).OrderBy(same => same.Min(run => run.Day)).ThenBy(same => same.Key.From)
                .Select(same => new WeeklyRow([.. same.Select(run => run.Day)], new(same.Key.From, 0), same.Key.To, same.Key.Seats)),
        ];
    }
}
