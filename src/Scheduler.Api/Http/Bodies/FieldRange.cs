using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Checks the fields <c>from</c> and <c>to</c> of a body or a query against each other.</summary>
internal static class FieldRange
{
    /// <summary>Checks dates, both included.</summary>
    public static void Check(LocalDate from, LocalDate to, FieldFaults faults)
    {
        if (to < from)
            faults.Add("to", "must not be before from");
        else if (Period.DaysBetween(from, to) > Limits.CapacityDays)
            faults.Add("to", $"must be at most {Limits.CapacityDays} days after from");
    }

    /// <summary>Checks a range of starts with from ≤ start &lt; to. The range must not be empty.</summary>
    public static void Check(Instant from, Instant to, FieldFaults faults, int maxDays = Limits.CapacityDays)
    {
        if (to <= from)
            faults.Add("to", "must be later than from");
        else if (to - from > Duration.FromDays(maxDays))
            faults.Add("to", $"must be at most {maxDays} days after from");
    }
}
