using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Reads a plan and its result for a page: two reads of the ledger, whatever the size of the plan.</summary>
internal static class PlanReadings
{
    /// <summary>How many rows a page of a plan's lists shows.</summary>
    public const int PageRows = 100;

    public static Task<PlanRow?> Plan(this PageContext page, Guid id) => page.Api.Ledger.Read.Plan(new(id), page.Http.RequestAborted);

    /// <summary>The result; null for a plan without one, or whose files are gone.</summary>
    public static async Task<PlanResult?> PlanResult(this PageContext page, PlanRow plan) =>
        await page.Api.Ledger.Read.PlanFile(plan.Id, PlanFileKind.Result, page.Http.RequestAborted) is { } file ? PlanResultText.Read(file) : null;
}
