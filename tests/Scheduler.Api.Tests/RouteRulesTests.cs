using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>What every route has to say of itself. A route that forgets something fails here.</summary>
public sealed class RouteRulesTests
{
    [Fact]
    public void Every_endpoint_has_a_policy_or_says_that_it_needs_none()
    {
        var open = ApiRoute.Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null).ToList();
        open.ShouldAllBe(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() != null);
        open.ShouldAllBe(endpoint => !endpoint.RoutePattern.RawText!.StartsWith(ApiSetup.BasePath, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_route_has_a_policy_of_roles_a_summary_and_an_example()
    {
        ApiRoute.All.Count.ShouldBeGreaterThan(40);
        foreach (var route in ApiRoute.All)
        {
            route.Facts.Policy.ShouldBeOneOf([Policies.Operators, Policies.Managers, Policies.Bookers, Policies.SignedIn], route.ToString());
            route.Facts.Summary.ShouldNotBeNullOrWhiteSpace(route.ToString());
            RouteExamples.Of(route.Facts).ShouldNotBeNull($"{route} has no example");
        }
    }

    [Fact]
    public void Every_change_says_with_which_codes_it_refuses_and_every_code_is_in_the_table()
    {
        foreach (var route in ApiRoute.All)
        {
            if (!route.Reads)
                route.Facts.Refusals.ShouldNotBeNull($"{route} says nothing of its refusals");
            route.Facts.Codes.ShouldBeSubsetOf(ProblemCodes.Statuses.Keys, route.ToString());
        }
    }

    [Fact]
    public void Every_list_takes_paging_and_every_parameter_has_one_form()
    {
        foreach (var parameter in ApiRoute.All.SelectMany(route => route.Facts.Query.All))
            parameter.Form.ShouldNotBeNull();
        ApiRoute.All.Where(route => route.Facts.Query.Contains("cursor")).ShouldAllBe(route => route.Facts.Query.Contains("limit"));
    }
}
