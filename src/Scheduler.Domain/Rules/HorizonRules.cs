using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// R2: the horizon of the policy and the lead times of the seasons. With a lead time beyond the horizon nobody could ever book in the season. A season that is
/// over, or retired, does not count.
/// </summary>
public static class HorizonRules
{
    /// <summary>The refusal of a season; null when the policy's horizon reaches as far as the season's lead time.</summary>
    public static Refusal.HorizonTooShort? Refuse(Season season, Policy policy, Instant now) =>
        season.Retired is null && !season.IsOver(now) && season.LeadTimeDays > policy.HorizonDays
            ? new(policy.HorizonDays, season.LeadTimeDays, season.Id)
            : null;

    /// <summary>The refusal of a policy, which names the season with the longest lead time; null when the horizon reaches as far as every lead time.</summary>
    public static Refusal.HorizonTooShort? Refuse(SeasonCalendar calendar, Policy policy, Instant now) =>
        calendar.Seasons.Select(season => Refuse(season, policy, now)).OfType<Refusal.HorizonTooShort>().MaxBy(refusal => refusal.LeadTimeDays);
}
