using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The advice of a plan as steps: the requests that machines alone would serve, those with the most candidates for a machine hour first.</summary>
internal static class WhatIfSteps
{
    public static List<UnservedRequest> Of(PlanResult result, int most) =>
    [
        .. result.Unserved.Where(one => one.Receipt is { Limit: null, Where.IsEmpty: false })
            .OrderByDescending(one => one.Seats / one.Receipt!.Where.Sum(range => range.Add * (range.To - range.From).TotalHours)).Take(most),
    ];
}
