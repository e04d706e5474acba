using NodaTime;

namespace Scheduler.Api;

/// <summary>Reads a date of an address or of a form.</summary>
internal static class DateField
{
    // Dates far away are no dates of exams, and calculations with them would leave the calendar.
    private const int FirstYear = 1900;
    private const int LastYear = 3000;

    /// <summary>The date; null for text that is no date, and for a date outside the years 1900 to 3000.</summary>
    public static LocalDate? Read(string? text) =>
        TextForms.Date.TryRead(text ?? "", out var date, out _) && date.Year is >= FirstYear and <= LastYear ? date : null;
}
