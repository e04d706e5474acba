using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Seasons: ranges of peak dates.</summary>
internal static class SeasonsEndpoints
{
    private static readonly CatalogueKind<SeasonBody, SeasonEntry, SeasonView> _kind = new()
    {
        IsId = static id => SeasonId.TryParse(id, out _),
        Find = static (catalogue, id) =>
            SeasonId.TryParse(id, out var season) && catalogue.Seasons.TryGetValue(season, out var known) ? (new(known.Value), known.Version) : default,
        Entry = static (body, id) => new(body.ToSeason(SeasonId.Of(id))),
        View = static (entry, version) => SeasonView.Of(entry.Season, version),
        Check = static (body, id, call, faults) => body.CheckPossible(SeasonId.Of(id), call.Catalogue, call.Now, faults),
    };

    public static void MapSeasons(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/seasons", RouteConventions.Reading, List)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Lists the seasons.").Lists<SeasonView>(QueryParameters.Retired);
        api.MapMethods("/seasons/{id}", RouteConventions.Reading, Get)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Shows a season.").Shows<SeasonView>();
        api.MapMethods("/seasons/{id}/opening", RouteConventions.Reading, Opening)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Shows the opening of a season: the seed's hash, and after the plan the seed and the lots.")
            .Shows<OpeningView>();
        api.MapPut("/seasons/{id}", _kind.Put).RequireAuthorization(Policies.Operators).WithSummary("Makes or replaces a season.")
            .Shows<SeasonView>().Tries().Refuses("horizon_too_short");
        api.MapPatch("/seasons/{id}", _kind.Patch).RequireAuthorization(Policies.Operators).WithSummary("Changes fields of a season.").Patches<SeasonBody>()
            .Shows<SeasonView>().Tries().Refuses("horizon_too_short");
        api.MapDelete("/seasons/{id}", _kind.Retire).RequireAuthorization(Policies.Operators).WithSummary("Retires a season: shown, and no longer offered.")
            .Produces(StatusCodes.Status204NoContent).Takes(QueryParameters.DryRun, QueryParameters.Reason).Refuses("in_use");
    }

    private static IResult List(Query query) =>
        CataloguePages.Of(
            query, query.Catalogue.Seasons.Values, static season => season.Value.Id.Text, static season => SeasonView.Of(season.Value, season.Version),
            static season => season.Value.Retired is not null);

    private static IResult Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return SeasonId.TryParse(id, out var key) && query.Catalogue.Seasons.TryGetValue(key, out var season)
            ? query.Show(SeasonView.Of(season.Value, season.Version), season.Version)
            : ApiProblem.NotFound();
    }

    private static async ValueTask<IResult> Opening(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        if (!SeasonId.TryParse(id, out var key) || !query.Catalogue.Seasons.TryGetValue(key, out var season))
            return ApiProblem.NotFound();
        return new JsonAnswer<OpeningView>(
            OpeningView.Of(season.Value, await OpeningOutcome.Read(query.Api.Ledger.Read, season.Value, query.Cancellation)));
    }
}
