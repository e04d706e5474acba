using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>Machine hours against unserved candidates.</summary>
internal sealed record CurveView
{
    [Description("The version of the pool's capacity that the curve rests on.")]
    public required int CapacityVersion { get; init; }

    [Description("By machine hours. Each point is a solved plan for its capacity; more machine hours always serve more candidates.")]
    public required ImmutableArray<CurvePointView> Points { get; init; }

    [Description("The machine hours of the point of the present capacity.")]
    public required double Current { get; init; }

    [Description("The machine hours of the point beyond which a machine hour serves less than on average.")]
    public required double Knee { get; init; }

    [Description("Whether the time limit cut the work short; the curve may then have fewer points.")]
    public required bool CutShort { get; init; }

    public static CurveView Of(CapacityAdvice advice, Pool pool) => new()
    {
        CapacityVersion = advice.Versions[pool.Id],
        Points = [.. advice.Points.Select(CurvePointView.Of)],
        Current = advice.Points[0].MachineHours,
        Knee = advice.Points[advice.Knee].MachineHours,
        CutShort = advice.IsCutShort,
    };
}
