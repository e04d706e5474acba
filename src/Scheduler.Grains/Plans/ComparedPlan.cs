using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>A plan against the day on which it was made and against first come first served.</summary>
public sealed record ComparedPlan
{
    /// <summary>What sat when the plan was made.</summary>
    public required PlanCounts Today { get; init; }

    /// <summary>What the queue alone would serve, by age.</summary>
    public required PlanCounts FirstComeFirstServed { get; init; }

    /// <summary>What the plan serves.</summary>
    public required PlanCounts Plan { get; init; }

    /// <summary>The schools with a request in the scope, by id.</summary>
    public required ImmutableArray<InstitutionComparison> Schools { get; init; }

    /// <summary>The slots in which one of the three differs from the others or holds a booking of a request.</summary>
    public required ImmutableArray<SlotLoad> Slots { get; init; }

    /// <summary>The load of each pool and local day when the plan was made.</summary>
    public required ImmutableArray<PlanDay> Days { get; init; }

    /// <summary>What each unserved request lacks.</summary>
    public required ImmutableArray<(RequestId Request, Receipt Receipt)> Receipts { get; init; }

    /// <summary>The comparison of the solver's process, without the standing seats of schools, which no plan decides.</summary>
    internal static ComparedPlan Of(Advice advice, Instance instance, ImmutableArray<PlanDay> days)
    {
        var standing = instance.Requests.Where(IsStanding).GroupBy(request => request.Institution)
            .ToDictionary(requests => requests.Key, requests => (Seats: requests.Sum(Size), Requests: requests.Count()));
        var (seats, requests) = (standing.Values.Sum(one => one.Seats), standing.Values.Sum(one => one.Requests));
        var comparison = advice.Comparison!;
        var schools = comparison.Institutions.Select(school => Less(school, standing.GetValueOrDefault(school.Institution).Seats))
            .Where(school => school.RequestedSeats > 0).ToImmutableArray();
        PlanCounts Without(PlanCounts counts, Func<InstitutionComparison, double> ratio) => counts with
        {
            ServedSeats = counts.ServedSeats - seats,
            RequestedSeats = counts.RequestedSeats - seats,
            ServedRequests = counts.ServedRequests - requests,
            Requests = counts.Requests - requests,
            WorstRatio = schools.Select(ratio).DefaultIfEmpty(1).Min(),
        };
        return new()
        {
            Today = Without(comparison.Today, school => school.RatioBefore),
            FirstComeFirstServed = Without(comparison.FirstComeFirstServed, school => school.RatioFirstComeFirstServed),
            Plan = Without(comparison.Plan, school => school.RatioAfter),
            Schools = schools,
            Slots =
            [
                .. comparison.Slots.Where(slot => !InstancePools.IsStanding(slot.Pool))
                    .Select(slot => slot with { Pool = InstancePools.PoolOf(slot.Pool).Text }),
            ],
            Days = days,
            Receipts = [.. advice.Receipts!.Select(receipt => (new RequestId(Guid.Parse(receipt.Request)), receipt))],
        };
    }

    private static bool IsStanding(Solver.Request request) =>
        request.Current is { } current && InstancePools.IsStanding(request.Candidates[current.Candidate].Pool);

    private static long Size(Solver.Request request) => request.Candidates[request.Current!.Candidate].Seats.Max();

    private static InstitutionComparison Less(InstitutionComparison school, long seats) => school with
    {
        RequestedSeats = school.RequestedSeats - seats,
        ServableSeats = school.ServableSeats - seats,
        Today = school.Today - seats,
        FirstComeFirstServed = school.FirstComeFirstServed - seats,
        Plan = school.Plan - seats,
    };
}
