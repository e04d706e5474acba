using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Where a season stands today.</summary>
internal static class SeasonState
{
    /// <summary>The name of the state's text, and the class of its chip.</summary>
    public static (string Name, string Class) Of(Season season, Instant now, LocalDate today) => season switch
    {
        { Retired: not null } => ("retired", ""),
        _ when season.To < today => ("over", ""),
        { CollectUntil: { } until } when until > now => ("collecting", "you"),
        _ when season.Contains(today) => ("running", "green"),
        _ => ("ahead", "amber"),
    };
}
