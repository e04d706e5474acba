using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Plans (R11): make, list, show, follow, apply, cancel. Only operators may use these routes.</summary>
internal static class PlansEndpoints
{
    private const string EventStream = "text/event-stream";

    public static void MapPlans(this IEndpointRouteBuilder api)
    {
        api.MapPost("/plans", Make).RequireAuthorization(Policies.Operators).WithSummary("Makes a plan: the solver runs beside the server.")
            .Shows<PlanView>(StatusCodes.Status202Accepted).WithMetadata(MakesSubject.Instance)
            .Refuses("unknown_pool", "retired", "plan_running", "too_many_plans");
        api.MapMethods("/plans", RouteConventions.Reading, List)
            .RequireAuthorization(Policies.Operators).WithSummary("Lists plans, the newest first.").Lists<PlanView>();
        api.MapMethods("/plans/{id}", RouteConventions.Reading, Get).RequireAuthorization(Policies.Operators).WithSummary("Shows a plan.").Shows<PlanView>();
        api.MapGet("/plans/{id}/events", Events).RequireAuthorization(Policies.Operators)
            .WithSummary("Follows a plan's run by server-sent events: progress, incumbent, bound, and status at the end.")
            .Produces<PlanEventView>(StatusCodes.Status200OK, EventStream).DisableRequestTimeout();
        api.MapMethods("/plans/{id}/instance", RouteConventions.Reading, Instance).RequireAuthorization(Policies.Operators)
            .WithSummary("Gives the instance that the plan solved, as a file of the command solve.")
            .Produces<object>(StatusCodes.Status200OK, JsonBytes.MediaType);
        api.MapPost("/plans/{id}/finish", Finish).RequireAuthorization(Policies.Operators)
            .WithSummary("Ends the search of a plan that runs. The plan is ready soon, with the best that was found. Any other plan stays as it is.")
            .Shows<PlanView>(StatusCodes.Status202Accepted).Refuses();
        api.MapPost("/plans/{id}/apply", Apply).RequireAuthorization(Policies.Operators)
            .WithSummary("Applies a plan: what is still possible is booked and moved, and the rest is named.")
            .Shows<ApplicationView>().Refuses("plan_not_ready");
        api.MapDelete("/plans/{id}", Cancel).RequireAuthorization(Policies.Operators)
            .WithSummary("Stops a plan that runs, and discards a plan that is ready. Any other plan stays as it is.")
            .Produces(StatusCodes.Status204NoContent).Refuses();
    }

    private static ValueTask<IResult> Make(Command<PlanBody> command) => command.RunPlans(
        body => PoolProblems.Of(body.Pools ?? [], command.Catalogue),
        (plans, body) => plans.Make(new(command.Caller, body.ToScope(command.Catalogue)), command.Cancellation),
        (PlanSnapshot made) => ChangeAnswer.Accepted(
            PlanView.Of(made.Plan, Author.Of(made.Plan.MadeBy, command.Catalogue, command.Api.Accounts)), made.Plan.Version, $"/plans/{made.Plan.Id}"));

    private static async ValueTask<IResult> List(Query query)
    {
        var values = query.ReadQuery();
        var (cursor, limit) = values.Paging();
        return values.Problem() is { } bad
            ? bad
            : Query.Page(await query.Api.Ledger.Read.Plans(cursor, limit, query.Cancellation), plan => PlanView.Of(plan, MadeBy(plan, query)));
    }

    private static async ValueTask<IResult> Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        if (await query.Plan(id) is not { } plan)
            return ApiProblem.NotFound();
        // Only the grain knows how far a run is, and whether the run still goes on.
        if (plan.Status == PlanStatus.Running && await query.Api.Plan(plan.Id).Look() is { } state)
            return query.ShowInFull(PlanView.Of(state.Plan, MadeBy(state.Plan, query), state.Progress), state.Plan.Version);
        return query.ShowInFull(PlanView.Of(plan, MadeBy(plan, query), default, await Result(plan, query)), plan.Version);
    }

    private static Author MadeBy(PlanRow plan, Query query) => Author.Of(plan.MadeBy, query.Catalogue, query.Api.Accounts);

    private static async ValueTask<PlanResultView?> Result(PlanRow plan, Query query) =>
        await query.Api.Ledger.Read.PlanFile(plan.Id, PlanFileKind.Result, query.Cancellation) is { } file && PlanResultText.Read(file) is { } result
            ? PlanResultView.Of(result, query.Catalogue)
            : null;

    private static async ValueTask<IResult> Events(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        if (await query.Plan(id) is not { } plan)
            return ApiProblem.NotFound();
        return TypedResults.ServerSentEvents(PlanEvents.Of(query.Api.Plan(plan.Id), ReaderWatch.Follow(query.Http, query.Api, Policies.Operators)));
    }

    private static async ValueTask<IResult> Instance(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return await query.Plan(id) is { } plan && await query.Api.Ledger.Read.PlanFile(plan.Id, PlanFileKind.Instance, query.Cancellation) is { } file
            ? TypedResults.Bytes(PlanEntriesText.Expand(file), JsonBytes.MediaType)
            : ApiProblem.NotFound();
    }

    private static async ValueTask<IResult> Apply(string id, Command<NoBody> command)
    {
        var plan = await command.Plan(id);
        return await command.RunPlans(
            _ => plan is null ? ApiProblem.NotFound() : null,
            (plans, _) => plans.Apply(new(command.Caller, plan!.Id.Value), command.Cancellation),
            static (PlanSnapshot applied) => ChangeAnswer.Ok(ApplicationView.Of(applied.Plan), applied.Plan.Version));
    }

    private static async ValueTask<IResult> Finish(string id, Command<NoBody> command)
    {
        var plan = await command.Plan(id);
        return await command.RunPlans(
            _ => plan is null ? ApiProblem.NotFound() : null,
            (plans, _) => plans.Finish(new(command.Caller, plan!.Id.Value), command.Cancellation),
            (PlanSnapshot asked) => ChangeAnswer.Accepted(
                PlanView.Of(asked.Plan, Author.Of(asked.Plan.MadeBy, command.Catalogue, command.Api.Accounts)), asked.Plan.Version,
                $"/plans/{asked.Plan.Id}"));
    }

    private static async ValueTask<IResult> Cancel(string id, Command<NoBody> command)
    {
        var plan = await command.Plan(id);
        return await command.RunPlans(
            _ => plan is null ? ApiProblem.NotFound() : null,
            (plans, _) => plans.Cancel(new(command.Caller, plan!.Id.Value), command.Cancellation),
            static (PlanSnapshot _) => ChangeAnswer.NoContent());
    }
}
