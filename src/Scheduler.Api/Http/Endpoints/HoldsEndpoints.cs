using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Holds (R10): make, list, show, confirm, replace, release.</summary>
internal static class HoldsEndpoints
{
    public static void MapHolds(this IEndpointRouteBuilder api)
    {
        api.MapPost("/institutions/{id}/holds", Make).RequireAuthorization(Policies.Bookers).WithSummary("Holds a block for a few minutes.")
            .Makes<HoldView>().Refuses([.. RefusalCodes.OfWish, "hold_limit", .. RefusalCodes.OfSlots]);
        api.MapMethods("/institutions/{id}/holds", RouteConventions.Reading, List).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists an institution's holds: the live ones, then those that ended in the last days, the newest first.").Lists<HoldView>();
        api.MapMethods("/holds/{id}", RouteConventions.Reading, Get).RequireAuthorization(Policies.SignedIn).WithSummary("Shows a hold.").Shows<HoldView>();
        api.MapPost("/holds/{id}/confirm", Confirm).RequireAuthorization(Policies.Bookers).WithSummary("Turns a hold into a booking.")
            .Shows<BookingView>(StatusCodes.Status201Created)
            .Refuses("hold_lapsed", "hold_confirmed", "not_ready", "past", "horizon", "lead_time", "collecting");
        api.MapPost("/holds/{id}/replace", Replace).RequireAuthorization(Policies.Bookers)
            .WithSummary("Replaces a hold by one for other candidates of the same block, in one change.")
            .Shows<HoldView>(StatusCodes.Status201Created)
            .Refuses(["hold_lapsed", "hold_confirmed", .. RefusalCodes.OfWish, "hold_limit", .. RefusalCodes.OfSlots]);
        api.MapDelete("/holds/{id}", Release).RequireAuthorization(Policies.Bookers).WithSummary("Releases a hold.")
            .Produces(StatusCodes.Status204NoContent).Refuses("hold_confirmed");
    }

    private static async ValueTask<IResult> Make(string id, Command<BookingBody> command)
    {
        var institution = await command.Institution(id);
        return await command.Run(
            institution,
            (queue, body) => queue.Hold(new(command.Caller, body.ToWish(command.Catalogue.ZoneOf(institution!.Value))), command.Cancellation),
            Made(command.Catalogue),
            static body => body.Override is not null);
    }

    private static async ValueTask<IResult> Replace(string id, Command<HoldChangeBody> command)
    {
        var hold = await command.Hold(id);
        return await command.Run(
            hold?.Sitting.Institution,
            (queue, body) => queue.Replace(
                new(command.Caller, hold!.Id.Value, body.Seats, body.Accommodations is { } groups ? [.. AccommodationBody.ToDomain(groups)] : null, body.Mode),
                command.Cancellation),
            Made(command.Catalogue));
    }

    private static Func<HoldSnapshot, ChangeAnswer> Made(Catalogue catalogue) =>
        made => ChangeAnswer.Created(HoldView.Of(made, catalogue), made.Hold.VersionAt(made.At), $"/holds/{made.Hold.Id}");

    private static async ValueTask<IResult> List(string id, Query query)
    {
        var values = query.ReadQuery();
        var (cursor, limit) = values.Paging();
        if (values.Problem() is { } bad)
            return bad;
        var now = query.Now;
        return await query.Institution(id) is { } institution
            ? Query.Page(
                await query.Api.Ledger.Read.Holds(institution, now, cursor, limit, query.Cancellation),
                hold => HoldView.Of(hold, now, query.Catalogue))
            : ApiProblem.NotFound();
    }

    private static async ValueTask<IResult> Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        var now = query.Now;
        return await query.Hold(id) is { } hold ? query.Show(HoldView.Of(hold, now, query.Catalogue), hold.VersionAt(now)) : ApiProblem.NotFound();
    }

    private static async ValueTask<IResult> Confirm(string id, Command<NoBody> command)
    {
        var hold = await command.Hold(id);
        return await command.Run(
            hold?.Sitting.Institution,
            (queue, _) => queue.Confirm(new(command.Caller, hold!.Id.Value), command.Cancellation),
            made => BookingsEndpoints.Made(made, command.Catalogue));
    }

    private static async ValueTask<IResult> Release(string id, Command<NoBody> command)
    {
        var hold = await command.Hold(id);
        return await command.Run<HoldSnapshot>(
            hold?.Sitting.Institution,
            (queue, _) => queue.Release(new(command.Caller, hold!.Id.Value), command.Cancellation),
            static _ => ChangeAnswer.NoContent());
    }
}
