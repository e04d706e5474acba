namespace Scheduler.Domain;

/// <summary>An entry of a plan that could not be applied.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Why">The code of the refusal.</param>
public sealed record StaleEntry(PlanEntry Entry, string Why);
