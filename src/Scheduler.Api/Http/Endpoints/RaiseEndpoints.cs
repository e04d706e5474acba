using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>One call that follows advice about capacity, and one that takes it back. Each is one commit: all of it, or nothing.</summary>
internal static class RaiseEndpoints
{
    public static void MapRaise(this IEndpointRouteBuilder api)
    {
        api.MapPost("/pools/{id}/capacity/raise", Raise).RequireAuthorization(Policies.Operators)
            .WithSummary("Raises a pool's capacity as advised: writes the exceptions that add the seats.")
            .Shows<ExceptionsView>().Refuses("not_on_slot");
        api.MapPost("/pools/{id}/capacity/undo", Undo).RequireAuthorization(Policies.Operators)
            .WithSummary("Undoes the last raise of a pool's capacity: the exceptions are again what they were before.")
            .Shows<ExceptionsView>().Refuses("capacity_below_booked", "nothing_to_undo");
    }

    private static ValueTask<IResult> Raise(string id, Command<RaiseBody> command) => command.Run(
        (body, faults) =>
        {
            if (command.Pool(id)?.Value is not { } pool)
                return ApiProblem.NotFound();
            body.CheckPool(pool, command.Catalogue.Capacities.GetValueOrDefault(pool.Id)?.Value ?? PoolCapacity.None, command.Now, faults);
            return body.Where.Index().Select(range => CapacityEndpoints.RefusalOf(
                command, id, range.Item.From, range.Item.To, faults, $"where[{range.Index}].to")).FirstOrDefault(problem => problem is not null);
        },
        (catalogue, body) => catalogue.Raise(new(command.CallerOf(body.Version), id, body.ToAdded(), body.Reason), command.Cancellation),
        Show(command.Catalogue),
        command.Pool(id)?.Value);

    private static ValueTask<IResult> Undo(string id, Command<UndoRaiseBody> command) => command.Run(
        (_, _) => command.Pool(id) is null ? ApiProblem.NotFound() : null,
        (catalogue, body) => catalogue.UndoRaise(new(command.CallerOf(body.Version), id, body.Reason), command.Cancellation),
        Show(command.Catalogue),
        command.Pool(id)?.Value);

    private static Func<CapacitySnapshot, ChangeAnswer> Show(Catalogue catalogue) => set =>
    {
        var exceptions = (ExceptionsSnapshot)set;
        return ChangeAnswer.Ok(ExceptionsView.Of(exceptions, catalogue), exceptions.Version);
    };
}
