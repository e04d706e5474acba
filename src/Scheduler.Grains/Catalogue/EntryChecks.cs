using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// What an entry that is made or replaced must not contradict: the slots of a pool whose zone changes, the board of an institution, and the horizon of the
/// policy beside the lead times of the seasons.
/// </summary>
internal sealed class EntryChecks(SeatLedger ledger, IClock clock)
{
    /// <summary>
    /// The refusal of an entry, null when the entry can be written; and the entries on which the decision rests. Another activation may change them at the same
    /// time.
    /// </summary>
    public async Task<(Refusal? Refusal, ImmutableArray<RowWrite> Guards)> Refuse(
        Catalogue current, CatalogueEntry? before, CatalogueEntry entry, CancellationToken cancellation)
    {
        // The pool's first open slots may be set by the old zone (R1).
        if (OldZone(before, entry) is { } zone && entry is Pool { Id: var pool })
        {
            return (
                await HasSlots(current, pool, cancellation) ? new Refusal.PoolZoneFixed(zone) : null,
                [new RowWrite.CatalogueUnchanged(new CapacityEntry(pool, PoolCapacity.None), CapacityVersion(current, pool))]);
        }

        if (entry is PolicyEntry { Policy: var policy } && policy.HorizonDays < current.Policy.Value.HorizonDays)
            return await RefuseHorizon(policy, cancellation);
        return entry switch
        {
            SeasonEntry { Season: { Retired: null } season } => (
                HorizonRules.Refuse(season, current.Policy.Value, clock.GetCurrentInstant()),
                [new RowWrite.CatalogueUnchanged(new PolicyEntry(current.Policy.Value), current.Policy.Version)]),
            _ when BoardOf(entry, current) is { } board => (
                board.Value.Retired is null ? null : new Refusal.Retired("institution", board.Value.Id.Text),
                [new RowWrite.CatalogueUnchanged(new InstitutionEntry(board.Value), board.Version)]),
            _ => (null, []),
        };
    }

    /// <summary>A shorter horizon must reach as far as the lead times of the seasons, also of a season that somebody makes at the same time.</summary>
    private async Task<(Refusal? Refusal, ImmutableArray<RowWrite> Guards)> RefuseHorizon(Policy policy, CancellationToken cancellation)
    {
        var (catalogue, mark) = await ledger.Read.MarkedCatalogue(cancellation);
        var now = clock.GetCurrentInstant();
        return (HorizonRules.Refuse(catalogue.Calendar, policy, now), [new RowWrite.NothingRests(new PolicyEntry(policy), mark, now)]);
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
