namespace Scheduler.Solver;

/// <summary>The most seats of one kind that an institution can run at once.</summary>
/// <param name="Kind">Which requests count against it.</param>
/// <param name="Capacity">Seats, 0 or more.</param>
public readonly record struct InstitutionLimit(LimitKind Kind, int Capacity);
