using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The institution on whose state the change was decided. The institution must have this version when the change is written, and gets the next version with the
/// change.
/// </summary>
public readonly record struct VersionGuard(InstitutionId Institution, long Decided);
