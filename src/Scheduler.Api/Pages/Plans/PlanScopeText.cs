using Microsoft.Extensions.Localization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>How pages name plans, their scopes and their states.</summary>
internal static class PlanScopeText
{
    /// <summary>Such as "Plan of Tue Nov 17, 14:32 EST": the plan's name.</summary>
    public static string Name(PlanRow plan, PageTime time, IStringLocalizer texts) => texts["plan.name", time.Moment(plan.MadeAt)];

    /// <summary>Such as "Dec 8 to Dec 18 · all pools".</summary>
    public static string Scope(PlanScope scope, PageContext page, IStringLocalizer texts, IStringLocalizer ranges)
    {
        var time = page.Time;
        var last = (scope.To - Duration.Epsilon).InZone(time.Zone).Date;
        var first = scope.From.InZone(time.Zone).Date;
        var days = first == last ? time.Date(first) : time.Range(first, last, ranges);
        var pools = scope.Pools.Length == 1 ? PoolName(scope.Pools[0], page.Catalogue) : texts.Count("plan.pools", scope.Pools.Length);
        return $"{days} · {pools}";
    }

    public static string PoolName(PoolId pool, Catalogue catalogue) => catalogue.Pools.TryGetValue(pool, out var known) ? known.Value.Name : pool.Text;

    public static string SchoolName(InstitutionId school, Catalogue catalogue) =>
        catalogue.Institutions.TryGetValue(school, out var known) ? known.Value.Name : school.Text;

    public static string ExamName(ExamId? exam, Catalogue catalogue) =>
        exam is not { } id ? "" : catalogue.Exams.TryGetValue(id, out var known) ? known.Value.Name : id.Text;

    /// <summary>The state word and the class of its chip.</summary>
    public static (string Word, string Class) State(PlanRow plan, IStringLocalizer texts) => plan.Status switch
    {
        PlanStatus.Ready when plan.PartsApplied > 0 => (texts["state.half", plan.PartsApplied, plan.Parts], "amber"),
        PlanStatus.Ready => (texts["state.ready"], "green"),
        PlanStatus.Running => (texts["state.running"], "you"),
        PlanStatus.Applied => (texts["state.applied"], ""),
        PlanStatus.Failed => (texts["state.failed"], "red"),
        _ => (texts["state.cancelled"], ""),
    };

    /// <summary>A range of seats to add, such as "+7 seats, Wed Dec 16, 11:00 EST to 12:00 EST".</summary>
    public static string Added(AddedRange range, PageTime time, IStringLocalizer texts, Catalogue catalogue)
    {
        var (from, to) = (range.From.InZone(time.Zone), range.To.InZone(time.Zone));
        var end = from.Date == to.Date ? time.Clock(to.TimeOfDay) : time.Moment(range.To);
        var sign = range.Add < 0 ? "−" : "+";
        return texts["what.add", sign + PageText.Number(Math.Abs(range.Add)), time.Moment(range.From), end, PoolName(range.Pool, catalogue)];
    }
}
