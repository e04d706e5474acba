using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// All that the operator sets up, at one moment: pools, capacities, exams, institutions, seasons, API keys and the policy. The catalogue is immutable:
/// decisions read it, and a change makes a new catalogue. Every silo keeps a copy.
/// </summary>
public sealed record Catalogue
{
    /// <summary>A catalogue without entries, with the default policy.</summary>
    public static Catalogue Empty { get; } = new();

    /// <summary>Pools by id.</summary>
    public ImmutableDictionary<PoolId, Versioned<Pool>> Pools { get; init; } = ImmutableDictionary<PoolId, Versioned<Pool>>.Empty;

    /// <summary>Templates and exceptions by pool; a pool without an entry has no capacity.</summary>
    public ImmutableDictionary<PoolId, Versioned<PoolCapacity>> Capacities { get; init; } = ImmutableDictionary<PoolId, Versioned<PoolCapacity>>.Empty;

    /// <summary>Exams by id.</summary>
    public ImmutableDictionary<ExamId, Versioned<Exam>> Exams { get; init; } = ImmutableDictionary<ExamId, Versioned<Exam>>.Empty;

    /// <summary>Institutions by id.</summary>
    public ImmutableDictionary<InstitutionId, Versioned<Institution>> Institutions { get; init; } =
        ImmutableDictionary<InstitutionId, Versioned<Institution>>.Empty;

    /// <summary>Seasons by id.</summary>
    public ImmutableDictionary<SeasonId, Versioned<Season>> Seasons { get; init; } = ImmutableDictionary<SeasonId, Versioned<Season>>.Empty;

    /// <summary>API keys by id, revoked keys included.</summary>
    public ImmutableDictionary<ApiKeyId, Versioned<ApiKey>> ApiKeys { get; init; } = ImmutableDictionary<ApiKeyId, Versioned<ApiKey>>.Empty;

    /// <summary>API keys that are not revoked, by the hash of their text. Every call looks up its key here.</summary>
    public ImmutableDictionary<string, ApiKey> KeysByHash { get; init; } = ImmutableDictionary<string, ApiKey>.Empty;

    /// <summary>The policy; version 0 until it is first changed.</summary>
    public Versioned<Policy> Policy { get; init; } = new(Domain.Policy.Default, 0);

    /// <summary>The seasons that are not retired, looked up by exam day.</summary>
    public SeasonCalendar Calendar { get; init; } = SeasonCalendar.Empty;

    /// <summary>
    /// The zone in which an institution sees its starts (R1). UTC for an institution that this catalogue does not have, which another process may have made a
    /// moment ago.
    /// </summary>
    public DateTimeZone ZoneOf(InstitutionId institution) =>
        Institutions.TryGetValue(institution, out var known) ? known.Value.Zone : DateTimeZone.Utc;

    /// <summary>The zone of a pool. UTC for a pool that this catalogue does not have.</summary>
    public DateTimeZone ZoneOf(PoolId pool) => Pools.TryGetValue(pool, out var known) ? known.Value.Zone : DateTimeZone.Utc;

    /// <summary>The catalogue with this entry added or replaced. The entry gets the given version.</summary>
    public Catalogue With(CatalogueEntry entry, int version) => entry switch
    {
        Pool pool => this with { Pools = Pools.SetItem(pool.Id, new(pool, version)) },
        CapacityEntry capacity => this with { Capacities = Capacities.SetItem(capacity.Pool, new(capacity.Capacity, version)) },
        Exam exam => this with { Exams = Exams.SetItem(exam.Id, new(exam, version)) },
        InstitutionEntry institution => this with { Institutions = Institutions.SetItem(institution.Institution.Id, new(institution.Institution, version)) },
        SeasonEntry season => WithSeasons(Seasons.SetItem(season.Season.Id, new(season.Season, version))),
        PolicyEntry policy => this with { Policy = new(policy.Policy, version) },
        ApiKey key => WithKey(key, version),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The current entry with the same kind and id, and its version; null and 0 when there is none.</summary>
    public (CatalogueEntry? Entry, int Version) Find(CatalogueEntry entry) => entry switch
    {
        Pool pool => Of(Pools.GetValueOrDefault(pool.Id), known => known),
        CapacityEntry capacity => Of(Capacities.GetValueOrDefault(capacity.Pool), known => new CapacityEntry(capacity.Pool, known)),
        Exam exam => Of(Exams.GetValueOrDefault(exam.Id), known => known),
        InstitutionEntry institution => Of(Institutions.GetValueOrDefault(institution.Institution.Id), known => new InstitutionEntry(known)),
        SeasonEntry season => Of(Seasons.GetValueOrDefault(season.Season.Id), known => new SeasonEntry(known)),
        PolicyEntry => (new PolicyEntry(Policy.Value), Policy.Version),
        ApiKey key => Of(ApiKeys.GetValueOrDefault(key.Id), known => known),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static (CatalogueEntry? Entry, int Version) Of<T>(Versioned<T>? known, Func<T, CatalogueEntry> entry) =>
        known is null ? (null, 0) : (entry(known.Value), known.Version);

    private Catalogue WithKey(ApiKey key, int version)
    {
        var others = ApiKeys.TryGetValue(key.Id, out var known) ? KeysByHash.Remove(known.Value.Hash) : KeysByHash;
        return this with
        {
            ApiKeys = ApiKeys.SetItem(key.Id, new(key, version)),
            KeysByHash = key.RevokedAt is null ? others.SetItem(key.Hash, key) : others,
        };
    }

    private Catalogue WithSeasons(ImmutableDictionary<SeasonId, Versioned<Season>> seasons) => this with
    {
        Seasons = seasons,
        Calendar = new(
        [
            .. seasons.Values.Select(season => season.Value).Where(season => season.Retired is null).OrderBy(season => season.Id.Text, StringComparer.Ordinal),
        ]),
    };
}
