using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Seasons: ranges of peak dates.</summary>
internal static class SeasonsEndpoints
{
    public static void MapSeasons(this IEndpointRouteBuilder api)
    {
        api.MapRead("/seasons", List).RequireAuthorization(Policies.SignedIn).WithSummary("Lists the seasons.").Lists<SeasonView>();
        api.MapRead("/seasons/{id}", Get).RequireAuthorization(Policies.SignedIn).WithSummary("Shows a season.").Shows<SeasonView>();
        api.MapPut("/seasons/{id}", Put).RequireAuthorization(Policies.Operators).WithSummary("Makes or replaces a season.").Shows<SeasonView>().Refuses();
    }

    private static IResult List(Query query) =>
        CataloguePages.Of(
            query, query.Catalogue.Seasons.Values, static season => season.Value.Id.Text, static season => SeasonView.Of(season.Value, season.Version));

    private static IResult Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return SeasonId.TryParse(id, out var key) && query.Catalogue.Seasons.TryGetValue(key, out var season)
            ? query.Show(SeasonView.Of(season.Value, season.Version), season.Version)
            : ApiProblem.NotFound();
    }

    private static ValueTask<IResult> Put(string id, Command<SeasonBody> command)
    {
        var isId = SeasonId.TryParse(id, out var season);
        return CataloguePuts.Run(
            command,
            isId,
            command.Catalogue.Seasons.ContainsKey(season),
            body => new SeasonEntry(body.ToSeason(season)),
            static (entry, version) => SeasonView.Of(entry.Season, version));
    }
}
