using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The template that the demand of a season advises for the next one.</summary>
internal static class TemplateAdviceEndpoints
{
    public static void MapTemplateAdvice(this IEndpointRouteBuilder api) =>
        api.MapMethods("/advice/template", RouteConventions.Reading, Template).RequireAuthorization(Policies.Operators)
            .WithSummary("Advises a pool's weekly template from the demand of a range, with the demand behind each figure.").Shows<TemplateAdviceView>()
            .Takes(QueryParameters.Pool, QueryParameters.From, QueryParameters.To, QueryParameters.Percent).Refuses("unknown_pool");

    private static async ValueTask<IResult> Template(Query query)
    {
        var values = query.ReadQuery();
        var id = values.Required(QueryParameters.Pool);
        var (from, to) = values.Range(Limits.DemandDays, mayBeEmpty: false);
        var percent = values.Value(QueryParameters.Percent) ?? QueryParameters.Percent.Default!.Value;
        if (values.Problem() is { } bad)
            return bad;
        if (query.Pool(id.Text)?.Value is not { } pool)
            return ApiProblem.Of(new Refusal.UnknownPool(id.Text), DateTimeZone.Utc);
        var blocks = await query.Api.Ledger.Read.Demand(from, to, query.Cancellation);
        var demand = AskedBlock.WithoutRepeats(blocks, query.Catalogue.ZoneOf).Where(block => block.Pool == id);
        var capacity = query.Catalogue.Capacities.GetValueOrDefault(id)?.Value ?? PoolCapacity.None;
        return new JsonAnswer<TemplateAdviceView>(
            TemplateAdviceView.Of(pool, from, to, percent, TemplateAdvice.Of(demand, capacity, pool.Grid, from, to, percent)));
    }
}
