using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>What capacity would help in a scope.</summary>
public sealed record CapacityAdvice
{
    /// <summary>The slots of the scope, by pool and start.</summary>
    public required ImmutableArray<AdvisedSlot> Slots { get; init; }

    /// <summary>The versions of the capacities that the advice rests on; 0 for a pool that never had one.</summary>
    public required ImmutableDictionary<PoolId, int> Versions { get; init; }

    /// <summary>Where <see cref="UpperMachineHours"/> are added.</summary>
    public required ImmutableArray<AddedRange> Where { get; init; }

    /// <summary>Candidates that the solver's plan for the present capacity serves, those who sit somewhere included.</summary>
    public required long Served { get; init; }

    /// <summary>Candidates that it does not serve.</summary>
    public required long Unserved { get; init; }

    /// <summary>Proven: fewer machine hours cannot serve the requests that the upper end serves.</summary>
    public required double LowerMachineHours { get; init; }

    /// <summary>Machine hours that serve everybody whom machines can help; <see cref="AdvisedSlot.Add"/> says where.</summary>
    public required double UpperMachineHours { get; init; }

    /// <summary>Candidates whom no machines help, because a limit of their school stands in the way.</summary>
    public required long BeyondMachines { get; init; }

    /// <summary>The points of the capacity curve, by machine hours; empty when only the least capacity was asked for.</summary>
    public required ImmutableArray<AdvisedPoint> Points { get; init; }

    /// <summary>Index of the knee of the curve.</summary>
    public required int Knee { get; init; }

    /// <summary>Whether the time limit cut the work short.</summary>
    public required bool IsCutShort { get; init; }

    /// <summary>The advice of the solver's process in the words of the domain.</summary>
    internal static CapacityAdvice Of(Advice advice, SeasonCut cut, PlanInstance season, PlanScope scope)
    {
        var least = advice.LeastCapacity!;
        var standing = season.Instance.Requests.Where(request => !season.Rows.ContainsKey(request.Id))
            .Sum(request => (long)request.Candidates[request.Current!.Candidate].Seats.Max());
        var prices = advice.ShadowPrices.ToDictionary(row => (InstancePools.PoolOf(row.Pool), row.Start), row => row.Price);
        var added = least.Where.ToDictionary(row => (InstancePools.PoolOf(row.Pool), row.Start), row => row.Seats);
        var slots = cut.Slots.Where(slot => scope.From <= slot.Slot.Start && slot.Slot.Start < scope.To).ToList();
        var offered = slots.Sum(slot => (double)slot.Capacity);
        var keys = slots.Select(slot => (slot.Slot.Pool, slot.Slot.Start)).Concat(added.Keys).Concat(prices.Keys).Distinct();
        var capacity = slots.ToDictionary(slot => (slot.Slot.Pool, slot.Slot.Start), slot => slot.Capacity);
        return new()
        {
            Versions = scope.Pools.ToImmutableDictionary(pool => pool, pool => cut.Catalogue.Capacities.GetValueOrDefault(pool)?.Version ?? 0),
            Where = AddedRanges.Of(least.Where),
            Slots =
            [
                .. keys.OrderBy(key => key.Item1.Text, StringComparer.Ordinal).ThenBy(key => key.Item2).Select(key => new AdvisedSlot(
                    key.Item1, key.Item2, capacity.GetValueOrDefault(key), prices.GetValueOrDefault(key), (int)added.GetValueOrDefault(key))),
            ],
            Served = advice.Objective.ServedSeats - standing,
            Unserved = advice.Objective.RequestedSeats - advice.Objective.ServedSeats,
            LowerMachineHours = least.LowerMachineHours,
            UpperMachineHours = least.UpperMachineHours,
            BeyondMachines = least.Unserved,
            Points = advice.Curve is not { } curve ? [] :
            [
                .. curve.Points.Select(point => new AdvisedPoint(
                    offered + point.AddedMachineHours, point.AddedMachineHours, point.Served - standing, point.Unserved, AddedRanges.Of(point.Where))),
            ],
            Knee = advice.Curve?.Knee ?? 0,
            IsCutShort = advice.StopReason != StopReason.Converged,
        };
    }
}
