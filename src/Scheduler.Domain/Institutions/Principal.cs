namespace Scheduler.Domain;

/// <summary>Who calls: an API key, or an account, with its role and institution.</summary>
/// <param name="Id">The caller's id. Records name this id as the author of a change.</param>
/// <param name="Role">The role.</param>
/// <param name="Institution">The caller's institution; null for operators only.</param>
/// <param name="Name">A name for people to read.</param>
public sealed record Principal(string Id, Role Role, InstitutionId? Institution, string Name);
