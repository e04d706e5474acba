using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A pool.</summary>
internal sealed record PoolView
{
    public required PoolId Id { get; init; }

    public required string Name { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required string Image { get; init; }

    [Description("When the operator retired it; null while it is offered.")]
    public required Instant? Retired { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    public static PoolView Of(Pool pool, int version) =>
        new() { Id = pool.Id, Name = pool.Name, Zone = pool.Zone, Image = pool.Image, Retired = pool.Retired, Version = version };
}
