using Microsoft.Extensions.Localization;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Why a plan failed, in the reader's language.</summary>
internal static class PlanCauseText
{
    public static string Of(PlanRow plan, IStringLocalizer texts) => plan.Cause is { } cause ? Of(PlanCause.Parse(cause), texts) : texts["cause.internal"];

    public static string Of(PlanCause cause, IStringLocalizer texts)
    {
        var text = texts[$"cause.{cause.Code}", cause.Detail ?? "", PageText.Number(Limits.PlanCandidates)];
        return text.ResourceNotFound ? texts["cause.internal"] : text.Value.Trim();
    }
}
