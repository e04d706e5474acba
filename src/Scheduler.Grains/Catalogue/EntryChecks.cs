using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>What an entry that is made or replaced must not contradict: the slots of a pool whose zone changes, and the board of an institution.</summary>
internal sealed class EntryChecks(SeatLedger ledger)
{
    /// <summary>The refusal of an entry; null when the entry can be written.</summary>
    public async Task<Refusal?> Refuse(Catalogue current, CatalogueEntry? before, CatalogueEntry entry, CancellationToken cancellation)
    {
        if (OldZone(before, entry) is { } zone && await HasSlots(current, ((Pool)entry).Id, cancellation))
            return new Refusal.PoolZoneFixed(zone);
        return BoardOf(entry, current) is { Value: { Retired: not null } board } ? new Refusal.Retired("institution", board.Id.Text) : null;
    }

    /// <summary>The entries on which the decision rests. Another activation may change them at the same time.</summary>
    public static ImmutableArray<RowWrite> Guards(Catalogue current, CatalogueEntry? before, CatalogueEntry entry)
    {
        // The pool's first open slots may be set by the old zone (R1).
        if (OldZone(before, entry) is not null && entry is Pool { Id: var pool })
            return [new RowWrite.CatalogueUnchanged(new CapacityEntry(pool, PoolCapacity.None), CapacityVersion(current, pool))];
        // The board may be retired.
        return BoardOf(entry, current) is { } board ? [new RowWrite.CatalogueUnchanged(new InstitutionEntry(board.Value), board.Version)] : [];
    }

    /// <summary>The zone of a pool that gets another zone; null for any other change.</summary>
    private static string? OldZone(CatalogueEntry? before, CatalogueEntry entry) =>
        entry is Pool pool && before is Pool known && known.Zone.Id != pool.Zone.Id ? known.Zone.Id : null;

    /// <summary>The board of an institution that is not retired; null for any other entry.</summary>
    private static Versioned<Institution>? BoardOf(CatalogueEntry entry, Catalogue catalogue) =>
        entry is InstitutionEntry { Institution: { Retired: null, Board: { } board } } ? catalogue.Institutions.GetValueOrDefault(board) : null;

    /// <summary>
    /// Whether any slot of the pool was ever offered. The slots start at whole hours of the pool's zone (R1), so the zone of such a pool cannot change.
    /// </summary>
    private async Task<bool> HasSlots(Catalogue current, PoolId pool, CancellationToken cancellation)
    {
        // A template without seats opens no slot. The picture may be older than the catalogue, so it has to catch up before it is believed.
        if (CapacityVersion(current, pool) > 0)
            await ledger.Feed.Refresh(cancellation);
        return ledger.Picture.Pool(pool) is not null;
    }

    private static int CapacityVersion(Catalogue current, PoolId pool) => current.Capacities.GetValueOrDefault(pool)?.Version ?? 0;
}
