namespace Scheduler.Domain;

/// <summary>Candidates of a booking that get extra time.</summary>
/// <param name="Candidates">Number of candidates, at least 1.</param>
/// <param name="ExtraTimePercent">Whole per cent of the exam's minutes, 1–300.</param>
public readonly record struct Accommodation(int Candidates, int ExtraTimePercent);
