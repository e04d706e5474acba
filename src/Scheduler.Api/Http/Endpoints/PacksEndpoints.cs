namespace Scheduler.Api;

/// <summary>Packs of vouchers (R7).</summary>
internal static class PacksEndpoints
{
    public static void MapPacks(this IEndpointRouteBuilder api)
    {
        api.MapPost("/institutions/{id}/packs", Add).RequireAuthorization(Policies.Operators).WithSummary("Records a pack of vouchers.")
            .Makes<PackView>().Refuses();
        api.MapRead("/institutions/{id}/packs", List).RequireAuthorization(Policies.Managers).WithSummary("Lists an institution's packs.").Lists<PackView>();
    }

    private static async ValueTask<IResult> Add(string id, Command<PackBody> command) => await command.Run(
        await command.Institution(id),
        (queue, body) => queue.AddPack(new(command.Caller, body.Programme, body.Quantity, body.PurchasedOn), command.Cancellation),
        static added => ChangeAnswer.Created(PackView.Of(added.Institution, added.Pack), null, null),
        check: (body, institution, faults) =>
            body.CheckPossible(command.Catalogue, command.Catalogue.Institutions[institution].Value, command.Now, faults));

    private static async ValueTask<IResult> List(string id, Query query)
    {
        var values = query.ReadQuery();
        var (cursor, limit) = values.Paging();
        if (values.Problem() is { } bad)
            return bad;
        return await query.Institution(id) is { } institution
            ? Query.Page(
                await query.Api.Ledger.Read.Packs(institution, query.Now, cursor, limit, query.Cancellation), pack => PackView.Of(institution, pack))
            : ApiProblem.NotFound();
    }
}
