using NodaTime;

namespace Scheduler.Domain;

/// <summary>One night of the nightly plan.</summary>
/// <param name="Date">The local date. There is one plan for each date.</param>
/// <param name="At">The instant at which the plan is due.</param>
public readonly record struct Night(LocalDate Date, Instant At);
