using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a cancellation.</summary>
internal static class CancelBody
{
    public static string? Parse(Fields fields) => fields.ReasonOr("reason", Absent.MayBeNull);
}

/// <summary>The body of a reschedule.</summary>
internal static class RescheduleBody
{
    public static (Instant Start, string? OverrideReason) Parse(Fields fields) => (fields.Instant("start"), OverrideBody.Parse(fields));
}

/// <summary>The body of a resize; accommodations left out stay as they are.</summary>
internal static class ResizeBody
{
    public static (int Seats, ImmutableArray<Accommodation>? Accommodations, string? OverrideReason) Parse(Fields fields)
    {
        var seats = fields.Whole("seats", 1, Limits.Seats);
        return (seats, BookingBody.Accommodations(fields, seats), OverrideBody.Parse(fields));
    }
}

/// <summary>The body of an attendance.</summary>
internal static class AttendanceBody
{
    public static int Parse(Fields fields) => fields.Whole("attended", 0, Limits.Seats);
}
