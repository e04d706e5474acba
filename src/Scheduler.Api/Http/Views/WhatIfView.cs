using System.Collections.Immutable;
using System.ComponentModel;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The plan with other capacities or lead times, beside the plan for the season as it is.</summary>
internal sealed record WhatIfView
{
    [Description("Candidates that the plan for the season as it is serves.")]
    public required long ServedBefore { get; init; }

    [Description("Requests that would be served with more candidates than by the plan for the season as it is.")]
    public required ImmutableArray<Guid> Gained { get; init; }

    [Description("Requests that would be served with fewer.")]
    public required ImmutableArray<Guid> Lost { get; init; }

    [Description("The plan with the changes, as GET /plans/{id} shows a result. A request that the changes leave without a start is not counted in it.")]
    public required PlanResultView Result { get; init; }

    public static WhatIfView Of(AdviceAnswer.Tried tried, Catalogue catalogue)
    {
        var (before, after) = (Placed(tried.Before), Placed(tried.After));
        var requests = before.Keys.Concat(after.Keys).Distinct().Order().ToList();
        return new()
        {
            ServedBefore = tried.Before.ServedSeats,
            Gained = [.. requests.Where(request => after.GetValueOrDefault(request) > before.GetValueOrDefault(request))],
            Lost = [.. requests.Where(request => after.GetValueOrDefault(request) < before.GetValueOrDefault(request))],
            Result = PlanResultView.Of(tried.After, catalogue),
        };
    }

    /// <summary>
    /// By request, the candidates that a plan places. Placements are compared and not what is unserved, because a request whose last start a change has taken
    /// is in no figure of the result.
    /// </summary>
    private static Dictionary<Guid, int> Placed(PlanResult result) =>
        result.Placements.GroupBy(one => one.Request.Value).ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Seats));
}
