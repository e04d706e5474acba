using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Pools of interchangeable machines.</summary>
internal static class PoolsEndpoints
{
    public static void MapPools(this IEndpointRouteBuilder api)
    {
        api.MapRead("/pools", List).RequireAuthorization(Policies.SignedIn).WithSummary("Lists the pools.").Lists<PoolView>();
        api.MapRead("/pools/{id}", Get).RequireAuthorization(Policies.SignedIn).WithSummary("Shows a pool.").Shows<PoolView>();
        api.MapPut("/pools/{id}", Put).RequireAuthorization(Policies.Operators).WithSummary("Makes or replaces a pool.").Shows<PoolView>()
            .Refuses("pool_zone_fixed");
    }

    private static IResult List(Query query) =>
        CataloguePages.Of(query, query.Catalogue.Pools.Values, static pool => pool.Value.Id.Text, static pool => PoolView.Of(pool.Value, pool.Version));

    private static IResult Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return query.Pool(id) is { } pool ? query.Show(PoolView.Of(pool.Value, pool.Version), pool.Version) : ApiProblem.NotFound();
    }

    private static ValueTask<IResult> Put(string id, Command<PoolBody> command)
    {
        var isId = PoolId.TryParse(id, out var pool);
        return CataloguePuts.Run(command, isId, command.Catalogue.Pools.ContainsKey(pool), body => body.ToPool(pool), PoolView.Of);
    }
}
