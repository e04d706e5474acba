using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The policy: rates and defaults.</summary>
internal static class PolicyEndpoints
{
    public static void MapPolicy(this IEndpointRouteBuilder api)
    {
        api.MapRead("/policy", Get).RequireAuthorization(Policies.SignedIn).WithSummary("Shows the policy: rates and defaults.").Shows<PolicyView>();
        api.MapPut("/policy", Put).RequireAuthorization(Policies.Operators).WithSummary("Replaces the policy.").Shows<PolicyView>().Refuses();
    }

    private static IResult Get(Query query)
    {
        if (query.ReadQuery().Problem() is { } bad)
            return bad;
        var policy = query.Catalogue.Policy;
        return query.Show(PolicyView.Of(policy.Value), policy.Version);
    }

    private static ValueTask<IResult> Put(Command<PolicyBody> command) => CataloguePuts.Run(
        command, isId: true, isThere: true, body => new PolicyEntry(body.ToPolicy()), static (entry, _) => PolicyView.Of(entry.Policy));
}
