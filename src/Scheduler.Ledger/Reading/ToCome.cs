using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What is to come, at one moment of the ledger.</summary>
/// <param name="Touches">The bookings, holds and requests.</param>
/// <param name="Institutions">The settings of all institutions at the same moment.</param>
/// <param name="Mark">The moment.</param>
public sealed record ToCome(Touches Touches, ImmutableArray<Institution> Institutions, LedgerMark Mark);
