using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Pools of interchangeable machines.</summary>
internal static class PoolsEndpoints
{
    private static readonly CatalogueKind<PoolBody, Pool, PoolView> _kind = new()
    {
        IsId = static id => PoolId.TryParse(id, out _),
        Find = static (catalogue, id) =>
            PoolId.TryParse(id, out var pool) && catalogue.Pools.TryGetValue(pool, out var known) ? (known.Value, known.Version) : default,
        Entry = static (body, id) => body.ToPool(PoolId.Of(id)),
        View = PoolView.Of,
    };

    public static void MapPools(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/pools", RouteConventions.Reading, List)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Lists the pools.").Lists<PoolView>(QueryParameters.Retired);
        api.MapMethods("/pools/{id}", RouteConventions.Reading, Get).RequireAuthorization(Policies.SignedIn).WithSummary("Shows a pool.").Shows<PoolView>();
        api.MapPut("/pools/{id}", _kind.Put).RequireAuthorization(Policies.Operators).WithSummary("Makes or replaces a pool.").Shows<PoolView>()
            .Tries().Refuses("pool_zone_fixed");
        api.MapPatch("/pools/{id}", _kind.Patch).RequireAuthorization(Policies.Operators).WithSummary("Changes fields of a pool.").Patches<PoolBody>()
            .Shows<PoolView>().Tries().Refuses("pool_zone_fixed");
        api.MapDelete("/pools/{id}", _kind.Retire).RequireAuthorization(Policies.Operators).WithSummary("Retires a pool: shown, and no longer offered.")
            .Produces(StatusCodes.Status204NoContent).Takes(QueryParameters.DryRun, QueryParameters.Reason).Refuses("in_use");
    }

    private static IResult List(Query query) =>
        CataloguePages.Of(query, query.Catalogue.Pools.Values, static pool => pool.Value.Id.Text, static pool => PoolView.Of(pool.Value, pool.Version),
            static pool => pool.Value.Retired is not null);

    private static IResult Get(string id, Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        return query.Pool(id) is { } pool ? query.Show(PoolView.Of(pool.Value, pool.Version), pool.Version) : ApiProblem.NotFound();
    }
}
