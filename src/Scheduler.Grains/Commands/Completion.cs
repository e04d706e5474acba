using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>A change ready to be committed.</summary>
/// <param name="Change">The change, without guard and slots.</param>
/// <param name="After">The institution's state after the commit.</param>
internal sealed record Completion(Change Change, InstitutionState After);
