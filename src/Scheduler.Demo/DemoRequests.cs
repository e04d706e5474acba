using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>
/// Draws the flexible requests for the first peak. More than half of them accept a few hours of one day, a fifth the days around it, and a quarter any school
/// hour of a fortnight. So a plan has work to do: the wanted hours are the full ones.
/// </summary>
internal static class DemoRequests
{
    private static readonly double[] _kinds = [0.55, 0.2, 0.25];

    /// <summary>The requests that a school queues in the weeks before today.</summary>
    public static IEnumerable<DemoStep.Queue> Of(DemoSchool school, DemoDates dates, DemoDice dice)
    {
        ImmutableArray<LocalDate> days = [.. dates.ExamDays().Where(day => dates.FirstPeakFrom <= day && day <= dates.FirstPeakTo)];
        double[] weights = [.. days.Select(dates.Weight)];
        for (var i = Math.Clamp((int)Math.Round(dice.LogNormal(9, 0.5)), 2, 30); i > 0; i--)
        {
            var day = days[dice.Weighted(weights)];
            var hour = dice.Between(8, 14);
            var wish = DemoSittings.Wish(school, dice.Pick(dice.Pick(school.Programmes).Exams), day, hour, dice);
            yield return new(wish, Window(dates, day, hour, dice), wish.Seats >= 24 && dice.Happens(0.2) ? 12 : null);
        }
    }

    private static RequestWindow Window(DemoDates dates, LocalDate day, int hour, DemoDice dice)
    {
        ImmutableArray<IsoDayOfWeek> schoolDays =
            [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];
        return dice.Weighted(_kinds) switch
        {
            0 => new(day, day, [], 60 * Math.Max(7, hour - dice.Between(1, 2)), 60 * Math.Min(20, hour + dice.Between(4, 6))),
            1 => new(day.PlusDays(-1), day.PlusDays(1), [], 60 * 8, 60 * 18),
            _ => new(LocalDate.Max(dates.FirstPeakFrom, day.PlusDays(-7)), LocalDate.Min(dates.FirstPeakTo, day.PlusDays(7)), schoolDays, 60 * 8, 60 * 17),
        };
    }
}
