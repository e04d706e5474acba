using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// What the dates say of a slot (horizon, lead time, collecting), asked in ascending order and worked out once for each local day. R2 and R16 look at the exam day only, so all slots of
/// a day share the answer.
/// </summary>
internal struct DayReasons(Catalogue catalogue, DateTimeZone zone, Instant now)
{
    private readonly LocalDate _today = LeadTime.Day(now, zone);
    private Instant _end = Instant.MinValue;
    private string? _reason;

    /// <summary>The code of the first that holds; null when the day can be booked.</summary>
    public string? At(Instant start)
    {
        if (start < _end)
            return _reason;
        var day = LeadTime.Day(start, zone);
        _end = zone.AtStartOfDay(day.PlusDays(1)).ToInstant();
        var policy = catalogue.Policy.Value;
        var given = LeadTime.Days(_today, day);
        return _reason = given > policy.HorizonDays ? "horizon"
            : given < LeadTime.DaysNeeded(day, catalogue.Calendar, policy) ? "lead_time"
            : catalogue.Calendar.OpensAt(day, now) is not null ? "collecting"
            : null;
    }
}
