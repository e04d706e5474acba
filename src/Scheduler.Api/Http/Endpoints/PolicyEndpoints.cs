using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The policy: rates and defaults.</summary>
internal static class PolicyEndpoints
{
    private static readonly CatalogueKind<PolicyBody, PolicyEntry, PolicyView> _kind = new()
    {
        IsId = static _ => true,
        Find = static (catalogue, _) => (new(catalogue.Policy.Value), catalogue.Policy.Version),
        Entry = static (body, _) => new(body.ToPolicy()),
        View = static (entry, version) => PolicyView.Of(entry.Policy, version),
        Check = static (body, _, call, faults) =>
        {
            body.CheckSeasons(call.Catalogue, call.Now, faults);
            body.NightlyPlan?.CheckPools(call.Catalogue, faults);
        },
    };

    public static void MapPolicy(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/policy", RouteConventions.Reading, Get)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Shows the policy: rates and defaults.").Shows<PolicyView>();
        api.MapPut("/policy", Put).RequireAuthorization(Policies.Operators).WithSummary("Replaces the policy.").Shows<PolicyView>()
            .Tries().Refuses("horizon_too_short");
        api.MapPatch("/policy", Patch).RequireAuthorization(Policies.Operators).WithSummary("Changes rates of the policy.").Patches<PolicyBody>()
            .Shows<PolicyView>().Tries().Refuses("horizon_too_short");
    }

    private static IResult Get(Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        var policy = query.Catalogue.Policy;
        return query.Show(PolicyView.Of(policy.Value, policy.Version), policy.Version);
    }

    private static ValueTask<IResult> Put(Command<PolicyBody> command) => _kind.Put("", command);

    private static ValueTask<IResult> Patch(Command<MergePatch> command) => _kind.Patch("", command);
}
