using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>What a request of an instance stands for: the open rest of a queued request, or a booking that a plan made for a request.</summary>
public sealed record PlanInstanceRow
{
    /// <summary>The request.</summary>
    public required Request Request { get; init; }

    /// <summary>The booking; null for the open rest of the request.</summary>
    public Booking? Booking { get; init; }

    /// <summary>Candidates that the instance may place: fewer than asked for when vouchers are short.</summary>
    public required int Seats { get; init; }

    /// <summary>Those of these candidates with extra time.</summary>
    public required ImmutableArray<Accommodation> Accommodations { get; init; }

    /// <summary>The terms of the exam.</summary>
    public required ExamTerms Terms { get; init; }

    /// <summary>The index in the instance's requests.</summary>
    public required int Index { get; init; }

    /// <summary>The id in the instance.</summary>
    public string Id => Booking?.Id.ToString() ?? Request.Id.ToString();

    /// <summary>The distance between the preferred start and another start, in hours.</summary>
    public double DisplacementHours(Instant start) => Math.Abs((start - Request.PreferredStart).TotalHours);
}
