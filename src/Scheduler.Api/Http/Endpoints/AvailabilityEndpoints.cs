using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Free seats by slot, from the picture of the season in memory. The answer uses no grain and no database, so the answer may be a moment old. Only a query with
/// a need asks the institution's grain, once, at which starts the need fits.
/// </summary>
internal static class AvailabilityEndpoints
{
    public static void MapAvailability(this IEndpointRouteBuilder api) =>
        api.MapMethods("/availability", RouteConventions.Reading, Get)
            .RequireAuthorization(Policies.SignedIn).WithSummary("Shows free seats of a pool's slots, from a picture in memory.")
            .Shows<AvailabilityView>()
            .Takes([QueryParameters.Pool, QueryParameters.From, QueryParameters.To, QueryParameters.Institution, .. NeedParameters.All])
            .Refuses("unknown_pool", "unknown_exam", "not_found");

    private static async ValueTask<IResult> Get(Query query)
    {
        var values = query.ReadQuery();
        var poolId = values.Required(QueryParameters.Pool);
        var (from, to) = values.Range(Limits.AvailabilityDays);
        var asked = values.Value(QueryParameters.Institution);
        var institution = asked ?? query.Who.Institution;
        var need = NeedParameters.Read(values, poolId);
        if (NeedParameters.IsAsked(values) && institution is null && !values.Has(QueryParameters.Institution))
            values.Faults.Add(QueryParameters.Institution.Name, "is required for a need, because the rules of an institution decide whether a need fits");
        if (values.Problem() is { } bad)
            return bad;
        if (!query.Catalogue.Pools.TryGetValue(poolId, out var pool))
            return ApiProblem.Of(new Refusal.UnknownPool(poolId.Text), DateTimeZone.Utc);
        if (need is not null && !query.Catalogue.Exams.ContainsKey(need.Exam))
            return ApiProblem.Of(new Refusal.UnknownExam(need.Exam.Text), DateTimeZone.Utc);
        if (institution is { } id && !await query.Reaches(id))
            return ApiProblem.NotFound();
        // For an operator who names no institution, the days and local starts are those of the pool's zone.
        var zone = institution is { } whose ? query.Catalogue.Institutions[whose].Value.Zone : pool.Value.Zone;
        if (need is null)
            return new AvailabilityAnswer(query, pool.Value, zone, from, to);
        return await query.Api.Queue(institution!.Value).Fits(new(need, from, to), query.Cancellation) is { } fits
            ? new AvailabilityAnswer(query, pool.Value, zone, from, to, fits.Starts)
            : ApiProblem.NotFound();
    }
}
