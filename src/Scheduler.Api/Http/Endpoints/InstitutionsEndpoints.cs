using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The institutions within the caller's reach.</summary>
internal static class InstitutionsEndpoints
{
    private static readonly CatalogueKind<InstitutionBody, InstitutionEntry, InstitutionView> _kind = new()
    {
        IsId = static id => InstitutionId.TryParse(id, out _),
        Find = static (catalogue, id) =>
            InstitutionId.TryParse(id, out var institution) && catalogue.Institutions.TryGetValue(institution, out var known)
                ? (new(known.Value), known.Version)
                : default,
        Entry = static (body, id) => new(body.ToInstitution(InstitutionId.Of(id))),
        View = static (entry, version) => InstitutionView.Of(entry.Institution, version),
        Check = static (body, id, call, faults) => body.CheckBoard(InstitutionId.Of(id), call.Catalogue, faults),
        Follow = ReadyPatch.Follow,
        IsInReach = static (entry, call) => call.IsInReach(entry.Institution.Id),
        MayChange = static (before, after, who) => Access.Changes(who, before.Institution, after.Institution),
    };

    public static void MapInstitutions(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/institutions", RouteConventions.Reading, List).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists the institutions within the caller's reach.").Lists<InstitutionView>(QueryParameters.Retired);
        api.MapMethods("/institutions/{id}", RouteConventions.Reading, Get)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Shows an institution.").Shows<InstitutionView>();
        api.MapPut("/institutions/{id}", _kind.Put).RequireAuthorization(Policies.Operators).WithSummary("Makes or replaces an institution.")
            .Shows<InstitutionView>().Tries().Refuses("retired");
        api.MapPatch("/institutions/{id}", _kind.Patch).RequireAuthorization(Policies.Managers)
            .WithSummary("Changes fields of an institution. A coordinator changes proctors, labSeats and shortNoticeDays.")
            .Patches<InstitutionBody>().Shows<InstitutionView>().Tries().Refuses("retired");
        api.MapDelete("/institutions/{id}", _kind.Retire).RequireAuthorization(Policies.Operators)
            .WithSummary("Retires an institution: shown, and no longer offered.").Produces(StatusCodes.Status204NoContent)
            .Takes(QueryParameters.DryRun, QueryParameters.Reason).Refuses("in_use");
    }

    private static IResult List(Query query) => CataloguePages.Of(
        query,
        query.InstitutionsInReach(),
        static institution => institution.Value.Id.Text,
        static institution => InstitutionView.Of(institution.Value, institution.Version),
        static institution => institution.Value.Retired is not null);

    private static async ValueTask<IResult> Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        if (await query.Institution(id) is not { } key)
            return ApiProblem.NotFound();
        var institution = query.Catalogue.Institutions[key];
        return query.Show(InstitutionView.Of(institution.Value, institution.Version), institution.Version);
    }
}
