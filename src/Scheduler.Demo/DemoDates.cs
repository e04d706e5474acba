using NodaTime;

namespace Scheduler.Demo;

/// <summary>
/// The dates of the demonstration, all relative to today. The invented past has nine weeks. The first peak begins on the first Monday that is at least 35 days
/// ahead, the second peak on the first Monday at least five months after that. Each peak lasts 26 days. Dates are local dates of each school or pool.
/// </summary>
internal sealed class DemoDates(LocalDate today)
{
    /// <summary>Days of the invented past. People book from its first day on.</summary>
    public const int PastDays = 63;

    private const int PeakDays = 25;
    private static readonly Period _untilSecondPeak = Period.FromMonths(5);

    public LocalDate Today { get; } = today;

    public LocalDate FirstBookingDay => Today.PlusDays(-PastDays);

    /// <summary>The first day with capacity is the first booking day. The first exam day is 14 days later, because of the lead time.</summary>
    public LocalDate FirstCapacityDay => FirstBookingDay;

    public LocalDate LastCapacityDay => SecondPeakTo.PlusDays(21);

    public LocalDate FirstPeakFrom => MondayFrom(Today.PlusDays(35));

    public LocalDate FirstPeakTo => FirstPeakFrom.PlusDays(PeakDays);

    public LocalDate SecondPeakFrom => MondayFrom(FirstPeakFrom + _untilSecondPeak);

    public LocalDate SecondPeakTo => SecondPeakFrom.PlusDays(PeakDays);

    public bool IsPeak(LocalDate day) => (FirstPeakFrom <= day && day <= FirstPeakTo) || (SecondPeakFrom <= day && day <= SecondPeakTo);

    /// <summary>Whether the operator adds machines on this day: the school days of the second and third week of the first peak.</summary>
    public bool HasExtraMachines(LocalDate day) => FirstPeakFrom.PlusDays(7) <= day && day < FirstPeakFrom.PlusDays(19) && IsSchoolDay(day);

    public static bool IsSchoolDay(LocalDate day) => day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !IsHoliday(day);

    /// <summary>Public holidays of most provinces that have a fixed date or a fixed Monday, and the days from 24 December to New Year.</summary>
    public static bool IsHoliday(LocalDate day) => (day.Month, day.Day) switch
    {
        (1, 1) or (7, 1) or (12, >= 24) => true,
        (5, >= 18 and <= 24) => day.DayOfWeek == IsoDayOfWeek.Monday,
        (9, <= 7) => day.DayOfWeek == IsoDayOfWeek.Monday,
        (10, >= 8 and <= 14) => day.DayOfWeek == IsoDayOfWeek.Monday,
        _ => false,
    };

    /// <summary>The number of sittings on a day, relative to about 1 on an ordinary school day; 0 when there are none.</summary>
    public double Weight(LocalDate day)
    {
        if (!IsSchoolDay(day))
            return day.DayOfWeek == IsoDayOfWeek.Saturday && !IsHoliday(day) && Within(-49, 80, day) ? 0.12 : 0;
        // More exams are late in the week (Zilles, West, Mussulman, ASEE 2016: the last days are preferred).
        var weekday = day.DayOfWeek switch { IsoDayOfWeek.Monday => 0.75, IsoDayOfWeek.Tuesday => 0.95, IsoDayOfWeek.Friday => 1.2, _ => 1.05 };
        // 3.3 is the ratio between weeks of finals and ordinary weeks that BYU-Idaho's testing centre reports.
        return weekday * (
            FirstPeakFrom <= day && day <= FirstPeakTo ? 3.3
            : SecondPeakFrom <= day && day <= SecondPeakTo ? 0.7
            : Within(-49, 34, day) ? 1
            : Within(35, 80, day) ? 0.6
            : Within(81, 400, day) && day < SecondPeakFrom ? 0.1
            : 0);
    }

    /// <summary>All days with possible sittings, in order.</summary>
    public IEnumerable<LocalDate> ExamDays()
    {
        for (var day = FirstBookingDay; day <= SecondPeakTo; day = day.PlusDays(1))
        {
            if (Weight(day) > 0)
                yield return day;
        }
    }

    private bool Within(int from, int to, LocalDate day) => Today.PlusDays(from) <= day && day <= Today.PlusDays(to);

    private static LocalDate MondayFrom(LocalDate day) => day.DayOfWeek == IsoDayOfWeek.Monday ? day : day.Next(IsoDayOfWeek.Monday);
}
