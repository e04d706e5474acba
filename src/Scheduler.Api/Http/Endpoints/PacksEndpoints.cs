namespace Scheduler.Api;

/// <summary>Packs of vouchers (R7).</summary>
internal static class PacksEndpoints
{
    public static void MapPacks(this IEndpointRouteBuilder api)
    {
        api.MapPost("/institutions/{id}/packs", Add).RequireAuthorization(Policies.Operators).WithSummary("Records a pack of vouchers.")
            .Makes<PackView>().Refuses("retired");
        api.MapMethods("/institutions/{id}/packs", RouteConventions.Reading, List)
            .RequireAuthorization(Policies.Managers).WithSummary("Lists an institution's packs.").Lists<PackView>();
        api.MapPatch("/packs/{id}", Correct).RequireAuthorization(Policies.Operators)
            .WithSummary("Corrects a pack's quantity or purchase date, or takes the pack back, with a reason.")
            .Shows<PackView>().Refuses("pack_in_use", "pack_void");
    }

    private static async ValueTask<IResult> Add(string id, Command<PackBody> command) => await command.Run(
        await command.Institution(id),
        (queue, body) => queue.AddPack(new(command.Caller, body.Programme, body.Quantity, body.PurchasedOn, body.Reason), command.Cancellation),
        static added => ChangeAnswer.Created(PackView.Of(added.Institution, added.Pack), null, null),
        check: (body, institution, faults) =>
            body.CheckPossible(command.Catalogue, command.Catalogue.Institutions[institution].Value, command.Now, faults));

    private static async ValueTask<IResult> Correct(string id, Command<PackChangeBody> command)
    {
        var found = await command.Pack(id);
        return await command.Run(
            found?.Institution,
            (queue, body) => queue.CorrectPack(
                new(command.Caller, found!.Pack.Id.Value, body.Quantity, body.PurchasedOn, body.Void ?? false, body.Reason), command.Cancellation),
            static corrected => ChangeAnswer.Ok(PackView.Of(corrected.Institution, corrected.Pack), null),
            check: (body, institution, faults) =>
            {
                var catalogue = command.Catalogue;
                if (body.PurchasedOn is { } date)
                    PackBody.CheckDate(date, catalogue.Policy.Value, catalogue.Institutions[institution].Value, command.Now, faults);
            });
    }

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
