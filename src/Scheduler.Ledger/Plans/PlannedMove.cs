using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A move.</summary>
/// <param name="Booking">The booking.</param>
/// <param name="Institution">The school.</param>
/// <param name="Pool">The pool.</param>
/// <param name="From">The start before.</param>
/// <param name="To">The start after.</param>
/// <param name="Seats">The candidates.</param>
public sealed record PlannedMove(BookingId Booking, InstitutionId Institution, PoolId Pool, Instant From, Instant To, int Seats)
{
    /// <summary>The exam; null in results of an older version.</summary>
    public ExamId? Exam { get; init; }
}
