using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The reasons by date why a slot cannot be booked (horizon, lead time, collecting). Callers ask in ascending order of starts, and the reason is computed once
/// for each local day. R2 and R16 depend only on the exam day, so all slots of a day have the same reason.
/// </summary>
internal struct DayReasons(Catalogue catalogue, DateTimeZone zone, Instant now)
{
    private readonly LocalDate _today = LeadTime.Day(now, zone);
    private Instant _end = Instant.MinValue;
    private string? _reason;

    /// <summary>The zone whose days count.</summary>
    public readonly DateTimeZone Zone => zone;

    /// <summary>The code of the first reason that applies; null when the day can be booked.</summary>
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
