namespace Scheduler.Api;

/// <summary>How many days a view of free seats shows.</summary>
public enum AvailabilitySpan
{
    /// <summary>Seven days of one pool.</summary>
    Week,
    /// <summary>One day of several pools.</summary>
    Day,
    /// <summary>About a month of all pools.</summary>
    Season,
}
