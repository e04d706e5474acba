using NodaTime;

namespace Scheduler.Domain;

/// <summary>All input of a decision: the institution's state, the operator's catalogue and the time, all of one moment.</summary>
/// <param name="Institution">The institution's settings.</param>
/// <param name="State">What the institution has, without the booking that this decision may change, and without lapsed holds.</param>
/// <param name="Catalogue">The operator's catalogue: pools, capacities, exams, institutions, seasons, keys and policy.</param>
/// <param name="Now">The instant of the decision.</param>
public sealed record DecisionBasis(Institution Institution, InstitutionState State, Catalogue Catalogue, Instant Now);
