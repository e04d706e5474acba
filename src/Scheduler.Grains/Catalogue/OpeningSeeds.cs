using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Draws the seed of a season that collects requests (R16), once for each opening. The entry of the season has the seed's hash only; the seed is a private row
/// of the ledger, under its hash. No caller can name or change either.
/// </summary>
internal sealed class OpeningSeeds(SeatLedger ledger, IClock clock)
{
    /// <summary>The entry with the hash that the season already has.</summary>
    public static CatalogueEntry Kept(CatalogueEntry? before, CatalogueEntry entry) =>
        entry is SeasonEntry season ? new SeasonEntry(season.Season with { SeedHash = (before as SeasonEntry)?.Season.SeedHash }) : entry;

    /// <summary>Whether a season collects requests and has no seed: one that was stored before there were seeds.</summary>
    public static bool IsMissing(Season season, Instant now) => season is { SeedHash: null, Retired: null } && season.CollectUntil > now;

    /// <summary>
    /// The entry to write, and the row of a new seed where the season needs one. An opening that is over has shown its seed, so another opening of the season
    /// gets a new one.
    /// </summary>
    public async Task<(CatalogueEntry Entry, RowWrite? Row)> Draw(CatalogueEntry entry, CancellationToken cancellation)
    {
        if (entry is not SeasonEntry { Season: { Retired: null } season } || !(season.CollectUntil > clock.GetCurrentInstant())
            || (season.SeedHash is { } known && await ledger.Read.OpeningPlan(known, cancellation) is null))
            return (entry, null);
        var seed = OpeningSeed.Draw();
        var hash = OpeningSeed.Hash(seed);
        return (new SeasonEntry(season with { SeedHash = hash }), new RowWrite.PrivatePut(new(PrivateKind.OpeningSeed, hash, 1, seed)));
    }
}
