using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// What a change of seasons or of the policy does to the dates that can be booked today (R2): a date can be booked when it leaves enough days by its own
/// season, and lies within the horizon. Bookings that stand keep their dates.
/// </summary>
/// <param name="Closed">Dates that can be booked now and no longer after the change.</param>
/// <param name="Opened">Dates that cannot be booked now and can be after the change.</param>
/// <param name="Before">The earliest date that can be booked now; null for none.</param>
/// <param name="After">The earliest date that could be booked after the change; null for none.</param>
public sealed record NoticeChange(int Closed, int Opened, LocalDate? Before, LocalDate? After)
{
    /// <summary>Compares two catalogues by the dates from today on.</summary>
    public static NoticeChange Of(LocalDate today, Catalogue before, Catalogue after)
    {
        var (closed, opened) = (0, 0);
        var days = Math.Max(before.Policy.Value.HorizonDays, after.Policy.Value.HorizonDays);
        for (var given = 0; given <= days; given++)
        {
            var (was, will) = (IsOpen(today, given, before), IsOpen(today, given, after));
            closed += was && !will ? 1 : 0;
            opened += will && !was ? 1 : 0;
        }

        return new(closed, opened, Earliest(today, before), Earliest(today, after));
    }

    private static bool IsOpen(LocalDate today, int given, Catalogue catalogue) =>
        given <= catalogue.Policy.Value.HorizonDays && given >= catalogue.Calendar.DaysNeeded(today.PlusDays(given), catalogue.Policy.Value);

    private static LocalDate? Earliest(LocalDate today, Catalogue catalogue) => LeadTime.EarliestDate(today, catalogue.Calendar, catalogue.Policy.Value);
}
