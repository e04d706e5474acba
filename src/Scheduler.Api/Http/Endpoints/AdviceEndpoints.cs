using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// What a plan changes, and which capacity would help. Nothing is kept. The solver works in a process of its own, so these calls take seconds, and have no
/// deadline but their time limit.
/// </summary>
internal static class AdviceEndpoints
{
    public static void MapAdvice(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/plans/{id}/comparison", RouteConventions.Reading, Compare).RequireAuthorization(Policies.Operators)
            .WithSummary("Compares a plan with the day on which it was made and with first come first served.").Shows<ComparisonView>()
            .Refuses("plan_not_ready").DisableRequestTimeout();
        api.MapPost("/what-if", WhatIf).RequireAuthorization(Policies.Operators)
            .WithSummary("Tries other capacities and lead times: what would be served, moved and left. Nothing is kept.").Shows<WhatIfView>()
            .WithMetadata(MakesSubject.Instance, ChangesNothing.Instance).Refuses("unknown_pool", "retired", "plan_not_ready").DisableRequestTimeout();
        api.MapMethods("/advice", RouteConventions.Reading, Capacity).RequireAuthorization(Policies.Operators)
            .WithSummary("Says what a seat is worth in each hour, and the least capacity that serves all, as a range.").Shows<AdviceView>()
            .Takes(QueryParameters.Pool, QueryParameters.From, QueryParameters.To).Refuses("unknown_pool", "retired").DisableRequestTimeout();
        api.MapMethods("/advice/curve", RouteConventions.Reading, Curve).RequireAuthorization(Policies.Operators)
            .WithSummary("Shows machine hours against unserved candidates. Each point is a solved plan, and none is dominated.").Shows<CurveView>()
            .Takes(QueryParameters.Pool, QueryParameters.From, QueryParameters.To, QueryParameters.Points)
            .Refuses("unknown_pool", "retired").DisableRequestTimeout();
    }

    private static async ValueTask<IResult> Compare(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        if (await query.Plan(id) is not { } plan)
            return ApiProblem.NotFound();
        return await query.Api.Advisor.Compare(plan, query.Stopping) switch
        {
            AdviceAnswer.Compared(var comparison) => new JsonAnswer<ComparisonView>(ComparisonView.Of(plan, comparison, query)),
            AdviceAnswer.Failed(var cause) => ApiProblem.SolverFailed(cause),
            AdviceAnswer.Busy => ApiProblem.AdviceBusy(),
            _ => ApiProblem.Of(new Refusal.PlanNotReady(plan.Status), DateTimeZone.Utc),
        };
    }

    private static ValueTask<IResult> WhatIf(Command<WhatIfBody> command) => command.Answer(
        body => body.Unknown(command.Catalogue),
        async body =>
        {
            var start = body.Plan is { } id ? await command.Api.Ledger.Read.Plan(id, command.Stopping) : null;
            if (body.Plan is not null && start is null)
                return ApiProblem.NotFound();
            return await command.Api.Advisor.WhatIf(body.ToScope(command.Catalogue), body.ToChanges(), start?.Id, command.Stopping) switch
            {
                AdviceAnswer.Tried tried => new JsonAnswer<WhatIfView>(WhatIfView.Of(tried, command.Catalogue)),
                AdviceAnswer.Failed(var cause) => ApiProblem.SolverFailed(cause),
                AdviceAnswer.Busy => ApiProblem.AdviceBusy(),
                _ => ApiProblem.Of(new Refusal.PlanNotReady(start!.Status), DateTimeZone.Utc),
            };
        });

    private static ValueTask<IResult> Capacity(Query query) => Advise(query, 0, (advice, pool) => new JsonAnswer<AdviceView>(AdviceView.Of(advice, pool)));

    private static ValueTask<IResult> Curve(Query query) =>
        Advise(query, QueryParameters.Points.Default ?? 0, (advice, pool) => new JsonAnswer<CurveView>(CurveView.Of(advice, pool)));

    private static async ValueTask<IResult> Advise(Query query, int points, Func<CapacityAdvice, Pool, IResult> show)
    {
        var values = query.ReadQuery();
        var id = values.Required(QueryParameters.Pool);
        var (from, to) = values.Range(Limits.PlanDays, mayBeEmpty: false);
        var most = points == 0 ? 0 : values.Value(QueryParameters.Points) ?? points;
        if (values.Problem() is { } bad)
            return bad;
        if (PoolProblems.Of([id], query.Catalogue) is { } refused)
            return refused;
        var pool = query.Catalogue.Pools[id].Value;
        return await query.Api.Advisor.Advise(new([id], from, to, Limits.AdviceSeconds, MovesBookings: false), most, query.Stopping) switch
        {
            AdviceAnswer.Advised(var advice) => show(advice, pool),
            AdviceAnswer.Failed(var cause) => ApiProblem.SolverFailed(cause),
            AdviceAnswer.Busy => ApiProblem.AdviceBusy(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
