using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>A point of the curve.</summary>
internal sealed record CurvePointView
{
    [Description("Machine hours offered in the range, the added ones included.")]
    public required double MachineHours { get; init; }

    [Description("Machine hours added to the present capacity.")]
    public required double Added { get; init; }

    public required long Served { get; init; }

    public required long Unserved { get; init; }

    [Description("Where the machine hours are added.")]
    public required ImmutableArray<AddedRangeView> Where { get; init; }

    public static CurvePointView Of(AdvisedPoint point) => new()
    {
        MachineHours = point.MachineHours,
        Added = point.Added,
        Served = point.Served,
        Unserved = point.Unserved,
        Where = [.. point.Where.Select(AddedRangeView.Of)],
    };
}
