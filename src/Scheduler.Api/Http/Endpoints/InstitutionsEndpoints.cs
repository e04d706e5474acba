using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The institutions within the caller's reach.</summary>
internal static class InstitutionsEndpoints
{
    public static void MapInstitutions(this IEndpointRouteBuilder api)
    {
        api.MapRead("/institutions", List).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Lists the institutions within the caller's reach.").Lists<InstitutionView>();
        api.MapRead("/institutions/{id}", Get).RequireAuthorization(Policies.SignedIn).WithSummary("Shows an institution.").Shows<InstitutionView>();
        api.MapPut("/institutions/{id}", Put).RequireAuthorization(Policies.Operators).WithSummary("Makes or replaces an institution.")
            .Shows<InstitutionView>().Refuses();
    }

    private static IResult List(Query query) => CataloguePages.Of(
        query,
        query.InstitutionsInReach(),
        static institution => institution.Value.Id.Text,
        static institution => InstitutionView.Of(institution.Value, institution.Version));

    private static async ValueTask<IResult> Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        if (await query.Institution(id) is not { } key)
            return ApiProblem.NotFound();
        var institution = query.Catalogue.Institutions[key];
        return query.Show(InstitutionView.Of(institution.Value, institution.Version), institution.Version);
    }

    private static ValueTask<IResult> Put(string id, Command<InstitutionBody> command)
    {
        var isId = InstitutionId.TryParse(id, out var institution);
        return CataloguePuts.Run(
            command,
            isId,
            command.Catalogue.Institutions.ContainsKey(institution),
            body => new InstitutionEntry(body.ToInstitution(institution)),
            static (entry, version) => InstitutionView.Of(entry.Institution, version),
            (body, faults) => body.CheckBoard(institution, command.Catalogue, faults));
    }
}
