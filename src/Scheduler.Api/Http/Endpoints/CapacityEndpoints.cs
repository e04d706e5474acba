using System.Diagnostics;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A pool's capacity (R3): templates and exceptions, set by operators, and the slots that follow from them.</summary>
internal static class CapacityEndpoints
{
    public static void MapCapacity(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/pools/{id}/capacity", RouteConventions.Reading, Get)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Shows a pool's templates and exceptions, and its slots.")
            .Shows<CapacityView>().Takes(QueryParameters.From, QueryParameters.To);
        api.MapPut("/pools/{id}/template", PutTemplate).RequireAuthorization(Policies.Operators).WithSummary("Replaces the weekly template on its dates.")
            .Shows<TemplateSetView>().Tries().Refuses("capacity_below_booked", "retired");
        api.MapPut("/pools/{id}/capacity", PutException).RequireAuthorization(Policies.Operators).WithSummary("Sets an exception to the template.")
            .Shows<ExceptionSetView>().Tries().Refuses("capacity_below_booked", "not_on_slot", "retired");
        api.MapPut("/pools/{id}/capacity/hours", PutHours).RequireAuthorization(Policies.Operators)
            .WithSummary("Sets or removes exceptions in several ranges, all of it or nothing.")
            .Shows<ExceptionsView>().Tries().Refuses("capacity_below_booked", "not_on_slot", "retired");
        api.MapDelete("/pools/{id}/capacity", ClearExceptions).RequireAuthorization(Policies.Operators)
            .WithSummary("Removes exceptions: the template applies again. With force, the answer shows the shortfall.")
            .Produces(StatusCodes.Status204NoContent).Shows<ExceptionSetView>()
            .Takes(QueryParameters.From, QueryParameters.To, QueryParameters.Force, QueryParameters.Reason, QueryParameters.DryRun)
            .Refuses("capacity_below_booked", "not_on_slot", "retired");
    }

    private static ValueTask<IResult> PutTemplate(string id, Command<TemplateBody> command) => command.Run(
        (body, faults) =>
        {
            if (command.Pool(id) is not { Value: var pool })
                return ApiProblem.NotFound();
            var next = NextSlot(pool, command.Now);
            if (pool.Zone.AtStartOfDay(body.To.PlusDays(1)).ToInstant() <= next)
                faults.Add("to", $"must not be before {TextForms.Date.Write(next.InZone(pool.Zone).Date)}: slots that have begun stay as they are");
            return null;
        },
        (catalogue, body) => catalogue.SetTemplate(new(command.Caller, id, body.ToTemplate(), body.Force ?? false, body.Reason), command.Cancellation),
        Set(command.Catalogue),
        command.Pool(id)?.Value);

    private static ValueTask<IResult> PutException(string id, Command<CapacityBody> command) => command.Run(
        (body, faults) => RefusalOf(command, id, body.From, body.To, faults),
        (catalogue, body) => catalogue.SetException(
            new(command.Caller, id, body.From, body.To, body.Seats, body.Force ?? false, body.Reason), command.Cancellation),
        Set(command.Catalogue),
        command.Pool(id)?.Value);

    private static ValueTask<IResult> PutHours(string id, Command<HoursBody> command) => command.Run(
        (body, faults) => body.Where.Index().Select(range => RefusalOf(
            command, id, range.Item.From, range.Item.To, faults, $"where[{range.Index}].to")).FirstOrDefault(problem => problem is not null),
        (catalogue, body) => catalogue.SetExceptions(
            new(command.CallerOf(body.Version), id, body.ToHours(), body.Force ?? false, body.Reason), command.Cancellation),
        Set(command.Catalogue),
        command.Pool(id)?.Value);

    private static ValueTask<IResult> ClearExceptions(string id, Command<NoBody> command)
    {
        var values = command.ReadQuery();
        var (from, to) = values.Range(Limits.CapacityDays, mayBeEmpty: false);
        var isForced = values.Value(QueryParameters.Force) ?? false;
        var reason = values.Text(QueryParameters.Reason);
        Forced.Check(isForced, reason, values.Faults);
        return command.Run(
            (_, faults) => values.Problem() ?? RefusalOf(command, id, from, to, faults),
            (catalogue, _) => catalogue.SetException(new(command.Caller, id, from, to, null, isForced, reason), command.Cancellation),
            cleared => isForced ? Set(command.Catalogue)(cleared) : ChangeAnswer.NoContent(),
            command.Pool(id)?.Value);
    }

    private static IResult Get(string id, Query query)
    {
        var values = query.ReadQuery();
        var (from, to) = values.Range(Limits.AvailabilityDays);
        if (values.Problem() is { } bad)
            return bad;
        if (query.Pool(id)?.Value is not { } pool)
            return ApiProblem.NotFound();
        var capacity = query.Catalogue.Capacities.GetValueOrDefault(pool.Id) ?? new(PoolCapacity.None, 0);
        var entry = CapacityEntryView.Of(new(pool.Id, capacity.Value), capacity.Version);
        return query.ShowInFull(
            new CapacityView
            {
                Pool = entry.Pool,
                Templates = entry.Templates,
                Exceptions = entry.Exceptions,
                Version = entry.Version,
                Zone = pool.Zone,
                Slots = [.. pool.Grid.Starts(from, to).Select(start => Slot(query, new(pool.Id, SlotMinutes.Of(start)), pool.Zone))],
            },
            capacity.Version);
    }

    private static CapacitySlotView Slot(Query query, SlotHour slot, DateTimeZone zone)
    {
        var seen = query.Api.Ledger.Picture.Look(slot, query.Now);
        return new()
        {
            Start = slot.Start,
            LocalStart = LocalStart.Shown(zone, slot.Start),
            Zone = zone,
            Capacity = seen.Capacity,
            Free = Math.Max(0, seen.Free),
            Taken = query.IsOperator ? seen.Capacity - seen.Free : null,
            Shortfall = query.IsOperator ? Math.Max(0, -seen.Free) : null,
        };
    }

    private static Func<CapacitySnapshot, ChangeAnswer> Set(Catalogue catalogue) => set => set switch
    {
        TemplateSnapshot template => ChangeAnswer.Ok(TemplateSetView.Of(template, catalogue), null),
        ExceptionsSnapshot exceptions => ChangeAnswer.Ok(ExceptionsView.Of(exceptions, catalogue), exceptions.Version),
        ExceptionSnapshot exception => ChangeAnswer.Ok(ExceptionSetView.Of(exception, catalogue), null),
        _ => throw new UnreachableException(),
    };

    /// <summary>The first slot that has not begun: earlier slots cannot be changed (R3).</summary>
    private static Instant NextSlot(Pool pool, Instant now) => pool.Grid.FirstAtOrAfter(now + Duration.FromTicks(1));

    /// <summary>The refusal of a range: of a pool that is not there, or with an end off the grid. Adds a fault for a range that is over.</summary>
    public static ApiProblem? RefusalOf(Call call, string id, Instant from, Instant to, FieldFaults faults, string field = "to")
    {
        if (call.Pool(id)?.Value is not { } pool)
            return ApiProblem.NotFound();
        var next = NextSlot(pool, call.Now);
        if (to <= next)
            faults.Add(field, $"must be later than {TextForms.Instant.Write(next)}: slots that have begun stay as they are");
        // The end of a slot is also allowed when a clock change leaves a gap after the slot.
        var isEnd = pool.Grid.IsStart(to) || pool.Grid.IsStart(to - Duration.FromHours(1));
        Instant? odd = !pool.Grid.IsStart(from) ? from : isEnd ? null : to;
        return odd is { } instant ? ApiProblem.Of(new Refusal.NotOnSlot(pool.Grid.FirstAtOrAfter(instant)), pool.Zone) : null;
    }
}
