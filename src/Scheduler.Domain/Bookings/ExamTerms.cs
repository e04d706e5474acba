namespace Scheduler.Domain;

/// <summary>
/// What a booking or a hold was promised under (R15): the exam's programme and minutes when the booking was made. A sitting keeps its terms, whatever the exam
/// becomes: they decide the block's length and the vouchers of every later change.
/// </summary>
public sealed record ExamTerms
{
    /// <summary>The terms of a snapshot that a version before terms were kept has stored. No booking and no hold has them.</summary>
    public static ExamTerms Unknown { get; } = new() { Programme = "", Minutes = 0, CheckInMinutes = 0, ResetMinutes = 0 };

    /// <summary>The certification programme. Packs of this programme pay for the sitting (R7).</summary>
    public required string Programme { get; init; }

    /// <summary>Minutes of the exam itself, without extra time.</summary>
    public required int Minutes { get; init; }

    /// <summary>Minutes of check-in before the exam.</summary>
    public required int CheckInMinutes { get; init; }

    /// <summary>Minutes of reset after the exam.</summary>
    public required int ResetMinutes { get; init; }

    /// <summary>The terms of an exam as the exam is now.</summary>
    public static ExamTerms Of(Exam exam) => new()
    {
        Programme = exam.Programme,
        Minutes = exam.Minutes,
        CheckInMinutes = exam.CheckInMinutes,
        ResetMinutes = exam.ResetMinutes,
    };
}
