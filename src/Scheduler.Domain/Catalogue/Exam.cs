using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>An exam that can be booked.</summary>
public sealed record Exam : CatalogueEntry
{
    /// <summary>The id that the operator chose.</summary>
    public required ExamId Id { get; init; }

    /// <summary>The certification programme. Packs of this programme pay for the exam (R7).</summary>
    public required string Programme { get; init; }

    /// <summary>A name for people to read.</summary>
    public required string Name { get; init; }

    /// <summary>Minutes of the exam itself.</summary>
    public required int Minutes { get; init; }

    /// <summary>Minutes of check-in on the machine before the exam.</summary>
    public required int CheckInMinutes { get; init; }

    /// <summary>Minutes of reset after the exam, until the machine is ready for the next candidate.</summary>
    public required int ResetMinutes { get; init; }

    /// <summary>Pools whose image can serve the exam.</summary>
    public required ImmutableArray<PoolId> Pools { get; init; }

    /// <summary>Delivery modes in which the exam is offered.</summary>
    public required ImmutableArray<DeliveryMode> Modes { get; init; }

    /// <summary>When the operator retired the exam; null while the exam is offered.</summary>
    public Instant? Retired { get; init; }
}
