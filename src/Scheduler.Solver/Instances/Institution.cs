namespace Scheduler.Solver;

/// <summary>A school or other institution that makes requests. Its limits hold at every instant, over all pools.</summary>
/// <param name="Id">Unique among institutions.</param>
/// <param name="Limits">At most one of each kind; a kind that is not listed is not limited.</param>
public sealed record Institution(string Id, IReadOnlyList<InstitutionLimit> Limits);
