using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of an exception to a pool's template.</summary>
internal static class CapacityBody
{
    public static (Instant From, Instant To, int Seats, bool Force, string? Reason) Parse(Fields fields)
    {
        var from = fields.Instant("from");
        var to = fields.Instant("to");
        if (!fields.Faults.Any)
            Check(from, to, (name, remedy) => fields.Fault(name, remedy));
        return (from, to, fields.Whole("seats", 0, Limits.Seats), fields.FlagOr("force", Absent.MayBeNull) ?? false, fields.ReasonOr("reason", Absent.MayBeNull));
    }

    /// <summary>Bounds of any range of slots, in a body or in a query.</summary>
    public static void Check(Instant from, Instant to, Action<string, string> fault)
    {
        if (to <= from)
            fault("to", "must be later than from");
        else if (to - from > Duration.FromDays(Limits.CapacityDays))
            fault("to", $"must be at most {Limits.CapacityDays} days after from");
    }
}
