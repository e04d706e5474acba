using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The rows that the changes of a batch need, read under lock. A replay decides on these values, and applies each accepted change to them.</summary>
internal sealed class ReplayView
{
    public Dictionary<SlotHour, LockedSlot> Slots { get; } = [];

    public Dictionary<InstitutionId, long> Versions { get; } = [];

    public Dictionary<PackId, (int Quantity, int Taken)> Packs { get; } = [];

    /// <summary>The confirmed bookings in the ranges whose capacity is lowered by force. Their institutions are among <see cref="Versions"/>.</summary>
    public List<BookedBlock> Booked { get; } = [];

    /// <summary>Those of the holds to end that are still marked held.</summary>
    public HashSet<HoldId> Held { get; } = [];

    /// <summary>Versions of catalogue entries by kind and id; an entry that does not exist is absent.</summary>
    public Dictionary<(string Kind, string Id), int> Catalogue { get; } = [];

    /// <summary>Those entries that are retired, of all on which a new booking, hold or request rests.</summary>
    public HashSet<(string Kind, string Id)> Retired { get; } = [];

    /// <summary>Versions of plans; a plan that does not exist is absent.</summary>
    public Dictionary<PlanId, int> Plans { get; } = [];

    /// <summary>The sum of the versions of all catalogue entries; 0 unless a plan is applied.</summary>
    public long CatalogueMark { get; set; }

    /// <summary>The states of those institutions of a plan's application that have changed since its caller read them.</summary>
    public IReadOnlyDictionary<InstitutionId, InstitutionState> States { get; set; } = ImmutableDictionary<InstitutionId, InstitutionState>.Empty;

    /// <summary>The requests of bookings that move, of those same institutions.</summary>
    public IReadOnlyDictionary<RequestId, Request> Requests { get; set; } = ImmutableDictionary<RequestId, Request>.Empty;

    /// <summary>The running plans of pools; a pool without a running plan is absent.</summary>
    public Dictionary<PoolId, PlanId> PlanPools { get; } = [];

    /// <summary>Versions of private rows; a row that does not exist is absent.</summary>
    public Dictionary<(PrivateKind Kind, string Id), int> PrivateRows { get; } = [];

    /// <summary>Those rows that do not hold any more: after the mark something was made or changed that rests on the entry.</summary>
    public HashSet<RowWrite.NothingRests> Disturbed { get; } = [];
}
