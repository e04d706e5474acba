using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>What a caller asks for, parsed and well formed. No rule has been checked yet.</summary>
public sealed record BookingWish
{
    /// <summary>The exam.</summary>
    public required ExamId Exam { get; init; }

    /// <summary>The terms that a booking keeps when it is changed (R15); null for a new booking, which takes the exam as the exam is.</summary>
    public ExamTerms? Terms { get; init; }

    /// <summary>The pool.</summary>
    public required PoolId Pool { get; init; }

    /// <summary>The block's start.</summary>
    public required Instant Start { get; init; }

    /// <summary>
    /// Whether the caller named a local start that the clocks skip (R1). <see cref="Start"/> is then the instant of the clock change, and the wish is refused
    /// with <c>not_on_slot</c>.
    /// </summary>
    public bool IsSkippedHour { get; init; }

    /// <summary>All candidates, at least 1.</summary>
    public required int Seats { get; init; }

    /// <summary>Lab or online.</summary>
    public required DeliveryMode Mode { get; init; }

    /// <summary>Candidates with extra time, in total at most <see cref="Seats"/>.</summary>
    public ImmutableArray<Accommodation> Accommodations { get; init; } = [];

    /// <summary>The school's own reference text; null for none.</summary>
    public string? Reference { get; init; }

    /// <summary>An operator's written reason to override the lead time and the fair share; null without an override.</summary>
    public string? OverrideReason { get; init; }

    /// <summary>The wish for the same sitting at the given start, under the sitting's own terms.</summary>
    public static BookingWish Of(Sitting sitting, Instant start) => new()
    {
        Exam = sitting.Exam,
        Terms = sitting.Terms,
        Pool = sitting.Pool,
        Start = start,
        Seats = sitting.Seats,
        Mode = sitting.Mode,
        Accommodations = sitting.Accommodations,
        Reference = sitting.Reference,
        OverrideReason = sitting.OverrideReason,
    };

    /// <summary>The wish that a waitlist entry stands for.</summary>
    public static BookingWish Of(Request request) => new()
    {
        Exam = request.Exam,
        Pool = request.Pool,
        Start = request.PreferredStart,
        Seats = request.Seats,
        Mode = request.Mode,
        Accommodations = request.Accommodations,
    };
}
