using NodaTime;

namespace Scheduler.Domain;

/// <summary>Interchangeable machines: one image family in one region.</summary>
public sealed record Pool(PoolId Id, string Name, DateTimeZone Zone, string Image) : CatalogueEntry
{
    /// <summary>When the operator retired the pool; null while the pool is offered.</summary>
    public Instant? Retired { get; init; }

    /// <summary>The starts of the pool's slots. The grid always matches <see cref="Zone"/>, also after a <c>with</c> expression changes the zone.</summary>
    public SlotGrid Grid => field is { } grid && grid.Zone.Equals(Zone) ? grid : field = new(Zone);

    /// <summary>Equality by value. The grid is not compared, because the zone determines it.</summary>
    public bool Equals(Pool? other) =>
        other is not null && (Id, Name, Zone, Image, Retired).Equals((other.Id, other.Name, other.Zone, other.Image, other.Retired));

    /// <inheritdoc />
    public override int GetHashCode() => (Id, Name, Zone, Image, Retired).GetHashCode();
}
