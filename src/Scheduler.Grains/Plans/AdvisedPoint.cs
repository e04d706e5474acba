using System.Collections.Immutable;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>One point of the capacity curve of a scope.</summary>
/// <param name="MachineHours">Machine hours offered in the scope, the added ones included.</param>
/// <param name="Added">Machine hours added.</param>
/// <param name="Served">Candidates served, those who sit somewhere included.</param>
/// <param name="Unserved">Candidates not served.</param>
/// <param name="Where">Where the machine hours are added.</param>
public sealed record AdvisedPoint(double MachineHours, double Added, long Served, long Unserved, ImmutableArray<AddedRange> Where);
