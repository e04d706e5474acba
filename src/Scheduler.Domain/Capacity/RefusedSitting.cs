using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// Seats that an institution asked for and was refused because there were too few: demand that was not met. There is one for each institution, exam and local
/// day, however often the institution asked: the greatest number of seats, with the start of that call.
/// </summary>
/// <param name="Institution">The institution.</param>
/// <param name="Exam">The exam.</param>
/// <param name="Day">The exam day, in the institution's zone.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Start">The start that was refused.</param>
/// <param name="Profile">The seats in each slot of the block.</param>
/// <param name="At">When the call was refused.</param>
public sealed record RefusedSitting(InstitutionId Institution, ExamId Exam, LocalDate Day, PoolId Pool, Instant Start, SeatProfile Profile, Instant At)
{
    /// <summary>
    /// Whether a refusal means that there were too few seats: a full or closed hour, or a fair share of the hour. More capacity could have answered otherwise.
    /// </summary>
    public static bool Counts(Refusal why) => why is Refusal.SlotFull or Refusal.Closed or Refusal.FairShareExceeded;
}
