using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>An institution restored from its rows, all read at one moment.</summary>
/// <param name="Version">The institution's version: the number of its guarded changes so far; 0 when the institution has no row yet.</param>
/// <param name="State">The state that a decision needs.</param>
/// <param name="Keys">See <see cref="KeyRows"/>.</param>
/// <param name="LastEntry">See <see cref="KeyRows"/>.</param>
/// <param name="HasOlderKeys">See <see cref="KeyRows"/>.</param>
public sealed record InstitutionRows(long Version, InstitutionState State, ImmutableArray<StoredKey> Keys, long LastEntry, bool HasOlderKeys);
