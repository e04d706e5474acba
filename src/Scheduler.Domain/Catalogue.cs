using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>An entry of the operator's catalogue. Each kind is kept under its id and replaced whole.</summary>
public abstract record CatalogueEntry
{
    private protected CatalogueEntry()
    {
    }
}

/// <summary>Interchangeable machines: one image family in one region.</summary>
public sealed record Pool(PoolId Id, string Name, DateTimeZone Zone, string Image) : CatalogueEntry
{
    /// <summary>The starts of its slots. Follows <see cref="Zone"/>, also through a <c>with</c>.</summary>
    public SlotGrid Grid => field is { } grid && grid.Zone.Equals(Zone) ? grid : field = new(Zone);

    /// <summary>By value; the grid follows from the zone.</summary>
    public bool Equals(Pool? other) => other is not null && (Id, Name, Zone, Image).Equals((other.Id, other.Name, other.Zone, other.Image));

    /// <inheritdoc />
    public override int GetHashCode() => (Id, Name, Zone, Image).GetHashCode();
}

/// <summary>An exam that can be booked.</summary>
public sealed record Exam : CatalogueEntry
{
    /// <summary>The operator's id.</summary>
    public required ExamId Id { get; init; }

    /// <summary>The certification programme: packs pay for it (R7).</summary>
    public required string Programme { get; init; }

    /// <summary>For people.</summary>
    public required string Name { get; init; }

    /// <summary>Minutes of the exam itself.</summary>
    public required int Minutes { get; init; }

    /// <summary>Minutes before it on the machine.</summary>
    public required int CheckInMinutes { get; init; }

    /// <summary>Minutes after it until the machine is clean.</summary>
    public required int ResetMinutes { get; init; }

    /// <summary>Pools whose image can serve it.</summary>
    public required ImmutableArray<PoolId> Pools { get; init; }

    /// <summary>Modes in which it may be sat.</summary>
    public required ImmutableArray<DeliveryMode> Modes { get; init; }
}

/// <summary>A key that signs a caller in. Only the SHA-256 hash of its secret is kept.</summary>
/// <param name="Id">The id, which stands in records.</param>
/// <param name="Hash">SHA-256 of the key's text, in lower-case hex.</param>
/// <param name="Role">What it may.</param>
/// <param name="Institution">Its institution; null for an operator's.</param>
/// <param name="Name">For people.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ApiKey(ApiKeyId Id, string Hash, Role Role, InstitutionId? Institution, string Name, Instant CreatedAt) : CatalogueEntry;

/// <summary>An institution's settings, as a catalogue entry.</summary>
public sealed record InstitutionEntry(Institution Institution) : CatalogueEntry;

/// <summary>A season, as a catalogue entry.</summary>
public sealed record SeasonEntry(Season Season) : CatalogueEntry;

/// <summary>The policy, as a catalogue entry; there is one.</summary>
public sealed record PolicyEntry(Policy Policy) : CatalogueEntry;

/// <summary>A pool's templates and exceptions, as a catalogue entry.</summary>
public sealed record CapacityEntry(PoolId Pool, PoolCapacity Capacity) : CatalogueEntry;

/// <summary>A catalogue entry with the version under which it is kept: 1 when made, one more with every change (the ETag).</summary>
public sealed record Versioned<T>(T Value, int Version);

/// <summary>
/// The operator's things at one moment, immutable: decisions read it, and a change makes a new one. Every silo keeps a copy.
/// </summary>
public sealed record Catalogue
{
    /// <summary>Nothing set up yet.</summary>
    public static Catalogue Empty { get; } = new();

    /// <summary>Pools by id.</summary>
    public ImmutableDictionary<PoolId, Versioned<Pool>> Pools { get; init; } = ImmutableDictionary<PoolId, Versioned<Pool>>.Empty;

    /// <summary>Templates and exceptions by pool; a pool without an entry has no capacity.</summary>
    public ImmutableDictionary<PoolId, Versioned<PoolCapacity>> Capacities { get; init; } = ImmutableDictionary<PoolId, Versioned<PoolCapacity>>.Empty;

    /// <summary>Exams by id.</summary>
    public ImmutableDictionary<ExamId, Versioned<Exam>> Exams { get; init; } = ImmutableDictionary<ExamId, Versioned<Exam>>.Empty;

    /// <summary>Institutions by id.</summary>
    public ImmutableDictionary<InstitutionId, Versioned<Institution>> Institutions { get; init; } = ImmutableDictionary<InstitutionId, Versioned<Institution>>.Empty;

    /// <summary>Seasons by id.</summary>
    public ImmutableDictionary<SeasonId, Versioned<Season>> Seasons { get; init; } = ImmutableDictionary<SeasonId, Versioned<Season>>.Empty;

    /// <summary>API keys by id.</summary>
    public ImmutableDictionary<ApiKeyId, Versioned<ApiKey>> ApiKeys { get; init; } = ImmutableDictionary<ApiKeyId, Versioned<ApiKey>>.Empty;

    /// <summary>API keys by the hash of their text: the look-up of every call.</summary>
    public ImmutableDictionary<string, ApiKey> KeysByHash { get; init; } = ImmutableDictionary<string, ApiKey>.Empty;

    /// <summary>The policy; version 0 until it is first changed.</summary>
    public Versioned<Policy> Policy { get; init; } = new(Domain.Policy.Default, 0);

    /// <summary>The seasons, asked by exam day.</summary>
    public SeasonCalendar Calendar { get; init; } = SeasonCalendar.Empty;

    /// <summary>The catalogue with this entry made or replaced, under this version.</summary>
    public Catalogue With(CatalogueEntry entry, int version) => entry switch
    {
        Pool pool => this with { Pools = Pools.SetItem(pool.Id, new(pool, version)) },
        CapacityEntry capacity => this with { Capacities = Capacities.SetItem(capacity.Pool, new(capacity.Capacity, version)) },
        Exam exam => this with { Exams = Exams.SetItem(exam.Id, new(exam, version)) },
        InstitutionEntry institution => this with { Institutions = Institutions.SetItem(institution.Institution.Id, new(institution.Institution, version)) },
        SeasonEntry season => WithSeasons(Seasons.SetItem(season.Season.Id, new(season.Season, version))),
        PolicyEntry policy => this with { Policy = new(policy.Policy, version) },
        ApiKey key => WithoutKey(key.Id).WithKey(key, version),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The catalogue without this API key: it signs nobody in any more.</summary>
    public Catalogue WithoutKey(ApiKeyId id) =>
        ApiKeys.TryGetValue(id, out var key) ? this with { ApiKeys = ApiKeys.Remove(id), KeysByHash = KeysByHash.Remove(key.Value.Hash) } : this;

    private Catalogue WithKey(ApiKey key, int version) =>
        this with { ApiKeys = ApiKeys.SetItem(key.Id, new(key, version)), KeysByHash = KeysByHash.SetItem(key.Hash, key) };

    private Catalogue WithSeasons(ImmutableDictionary<SeasonId, Versioned<Season>> seasons) => this with
    {
        Seasons = seasons,
        Calendar = new([.. seasons.Values.Select(season => season.Value).OrderBy(season => season.Id.Text, StringComparer.Ordinal)]),
    };
}
