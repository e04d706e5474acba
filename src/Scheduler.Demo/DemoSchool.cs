using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>A school of the demonstration, with its programmes and the number of its bookings.</summary>
internal sealed record DemoSchool
{
    public required Institution Institution { get; init; }

    /// <summary>The board's pools by image, the nearest first.</summary>
    public required ImmutableDictionary<string, ImmutableArray<DemoPool>> Pools { get; init; }

    public required ImmutableArray<DemoProgramme> Programmes { get; init; }

    /// <summary>About how many bookings the school asks for.</summary>
    public required int Wishes { get; init; }

    public required ImmutableArray<DemoPack> Packs { get; init; }
}
