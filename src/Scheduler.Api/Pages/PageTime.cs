using System.Globalization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>Dates and times as people read them: in one zone, in one language, on a clock of 24 or of 12 hours.</summary>
/// <param name="Language">The language.</param>
/// <param name="Zone">The zone of the reader's institution.</param>
/// <param name="Now">The present instant. Dates of another year show their year.</param>
internal sealed record PageTime(PageLanguage Language, DateTimeZone Zone, Instant Now)
{
    private static readonly string[] _englishDays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    private static readonly string[] _englishLongDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly string[] _englishMonths = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    private static readonly string[] _frenchDays = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
    private static readonly string[] _frenchLongDays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    private static readonly string[] _frenchMonths =
        ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."];

    private static readonly string[] _englishLongMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] _frenchLongMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    /// <summary>Whether English times are on a clock of 12 hours. French always says 13 h.</summary>
    public bool HasTwelveHours { get; init; }

    private bool IsFrench => Language == PageLanguage.French;

    /// <summary>Today's date in the zone.</summary>
    public LocalDate Today => Now.InZone(Zone).Date;

    /// <summary>Such as <c>Wed</c> or <c>mer.</c></summary>
    public string Day(IsoDayOfWeek day) => (IsFrench ? _frenchDays : _englishDays)[(int)day - 1];

    /// <summary>Such as <c>Wed Dec 9</c> or <c>mer. 9 déc.</c>, with the year when it is not the present one.</summary>
    public string Date(LocalDate date) => $"{Day(date.DayOfWeek)} {ShortDate(date)}";

    /// <summary>Such as <c>Dec 9</c> or <c>9 déc.</c>, with the year when it is not the present one.</summary>
    public string ShortDate(LocalDate date) => IsFrench
        ? string.Create(CultureInfo.InvariantCulture, $"{First(date.Day)}\u00a0{_frenchMonths[date.Month - 1]}{OtherYear(date)}")
        : string.Create(CultureInfo.InvariantCulture, $"{_englishMonths[date.Month - 1]}\u00a0{date.Day}{OtherYear(date)}");

    /// <summary>Such as <c>Wednesday, December 9</c> or <c>mercredi 9 décembre</c>, with the year when it is not the present one.</summary>
    public string LongDate(LocalDate date) => IsFrench
        ? $"{_frenchLongDays[(int)date.DayOfWeek - 1]} {First(date.Day)} {_frenchLongMonths[date.Month - 1]}{OtherYear(date)}"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{_englishLongDays[(int)date.DayOfWeek - 1]}, {_englishLongMonths[date.Month - 1]} {date.Day}{OtherYear(date)}");

    /// <summary>Such as <c>December 2026</c> or <c>décembre 2026</c>.</summary>
    public string Month(LocalDate date) =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsFrench ? _frenchLongMonths : _englishLongMonths)[date.Month - 1]} {date.Year}");

    /// <summary>Such as <c>13:00</c>, <c>1:00 p.m.</c>, or <c>13 h</c>, <c>13 h 30</c>.</summary>
    public string Clock(LocalTime time) =>
        !IsFrench && HasTwelveHours
            ? string.Create(CultureInfo.InvariantCulture, $"{time.ClockHourOfHalfDay}:{time.Minute:00}\u00a0{(time.Hour < 12 ? "a.m." : "p.m.")}")
        : !IsFrench ? string.Create(CultureInfo.InvariantCulture, $"{time.Hour:00}:{time.Minute:00}")
        : time.Minute == 0 ? string.Create(CultureInfo.InvariantCulture, $"{time.Hour}\u00a0h")
        : string.Create(CultureInfo.InvariantCulture, $"{time.Hour}\u00a0h\u00a0{time.Minute:00}");

    /// <summary>Such as <c>13:00 EST</c> or <c>1:00 p.m. EST</c>, in the reader's zone.</summary>
    public string Clock(Instant at) => $"{Clock(at.InZone(Zone).TimeOfDay)} {ZoneText.Short(Zone, at, Language)}";

    /// <summary>Such as <c>13:00–15:00</c>. Across a change of the clock, both ends have their short name: <c>01:00 EST–05:00 EDT</c>.</summary>
    public string Hours(Instant from, Instant to) => from.InZone(Zone).Offset == to.InZone(Zone).Offset
        ? $"{Clock(from.InZone(Zone).TimeOfDay)}–{Clock(to.InZone(Zone).TimeOfDay)}"
        : $"{Clock(from)}–{Clock(to)}";

    /// <summary>Such as <c>Wed Dec 9, 13:00 EST</c> or <c>mer. 9 déc., 13 h HNE</c>.</summary>
    public string Moment(Instant at) => $"{Date(at.InZone(Zone).Date)}, {Clock(at)}";

    /// <summary>Such as <c>Toronto, EST</c>: the city and the short name of the zone at an instant.</summary>
    public string Place(Instant at) => $"{ZoneText.City(Zone, Language)}, {ZoneText.Short(Zone, at, Language)}";

    /// <summary>The year of a date that is not in the present year.</summary>
    private string OtherYear(LocalDate date) =>
        date.Year == Today.Year ? "" : string.Create(CultureInfo.InvariantCulture, $"{(IsFrench ? "" : ",")} {date.Year}");

    /// <summary>French says the first of a month with its ending.</summary>
    private static string First(int day) => day == 1 ? "1er" : day.ToString(CultureInfo.InvariantCulture);
}
