using NodaTime;

namespace Scheduler.Api;

/// <summary>
/// The season's dates, all relative to today: an invented past of nine weeks, a first peak five to eight weeks ahead, a second five months later. Local dates mean each
/// school's or pool's own.
/// </summary>
internal sealed class DemoDates(LocalDate today)
{
    /// <summary>Days of invented past: from its first day on people book.</summary>
    public const int PastDays = 63;

    private const int PeakDays = 25;
    private static readonly Period _untilSecondPeak = Period.FromMonths(5);

    public LocalDate Today { get; } = today;

    public LocalDate FirstBookingDay => Today.PlusDays(-PastDays);

    /// <summary>Capacity begins a week before anybody can sit: the lead time of the first booking day.</summary>
    public LocalDate FirstCapacityDay => FirstBookingDay;

    public LocalDate LastCapacityDay => SecondPeakTo.PlusDays(21);

    public LocalDate FirstPeakFrom => MondayFrom(Today.PlusDays(35));

    public LocalDate FirstPeakTo => FirstPeakFrom.PlusDays(PeakDays);

    public LocalDate SecondPeakFrom => MondayFrom(FirstPeakFrom + _untilSecondPeak);

    public LocalDate SecondPeakTo => SecondPeakFrom.PlusDays(PeakDays);

    public bool IsPeak(LocalDate day) => (FirstPeakFrom <= day && day <= FirstPeakTo) || (SecondPeakFrom <= day && day <= SecondPeakTo);

    /// <summary>Weeks of the first peak in which the operator adds machines: its second and third.</summary>
    public bool HasExtraMachines(LocalDate day) => FirstPeakFrom.PlusDays(7) <= day && day < FirstPeakFrom.PlusDays(19) && IsSchoolDay(day);

    public static bool IsSchoolDay(LocalDate day) => day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday) && !IsHoliday(day);

    /// <summary>Public holidays with a fixed date or Monday that most provinces keep, and the days between Christmas and New Year.</summary>
    public static bool IsHoliday(LocalDate day) => (day.Month, day.Day) switch
    {
        (1, 1) or (7, 1) or (12, >= 24) => true,
        (5, >= 18 and <= 24) => day.DayOfWeek == IsoDayOfWeek.Monday,
        (9, <= 7) => day.DayOfWeek == IsoDayOfWeek.Monday,
        (10, >= 8 and <= 14) => day.DayOfWeek == IsoDayOfWeek.Monday,
        _ => false,
    };

    /// <summary>How much is sat on a day, against 1 on an ordinary school day; 0 where nobody sits.</summary>
    public double Weight(LocalDate day)
    {
        if (!IsSchoolDay(day))
            return day.DayOfWeek == IsoDayOfWeek.Saturday && !IsHoliday(day) && Within(-49, 80, day) ? 0.12 : 0;
        // Late in the week is when classes are tested (Zilles, West, Mussulman, ASEE 2016: last days preferred).
        var weekday = day.DayOfWeek switch { IsoDayOfWeek.Monday => 0.75, IsoDayOfWeek.Tuesday => 0.95, IsoDayOfWeek.Friday => 1.2, _ => 1.05 };
        // 3.3 is the ratio of finals to ordinary weeks that BYU-Idaho's testing centre reports.
        return weekday * (
            FirstPeakFrom <= day && day <= FirstPeakTo ? 3.3
            : SecondPeakFrom <= day && day <= SecondPeakTo ? 0.7
            : Within(-49, 34, day) ? 1
            : Within(35, 80, day) ? 0.6
            : Within(81, 400, day) && day < SecondPeakFrom ? 0.1
            : 0);
    }

    /// <summary>All days on which somebody may sit, in order.</summary>
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
