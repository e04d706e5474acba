using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The vouchers that one change takes from a pack (positive) or gives back (negative).</summary>
public readonly record struct PackDelta(PackId Pack, int Taken);
