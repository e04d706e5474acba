using System.Net.ServerSentEvents;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>The stream that says when free seats of a pool have changed: what the pages follow, for programs.</summary>
internal static class CountsEndpoints
{
    private static readonly QueryParameter<int> _events = new(TextForms.Whole(1, Limits.CountsEvents))
    {
        Name = "events", Description = "The stream ends after so many events; without it, the stream goes on.",
    };

    public static void MapCounts(this IEndpointRouteBuilder api) =>
        api.MapGet("/availability/stream", Follow).RequireAuthorization(Policies.SignedIn)
            .WithSummary("Follows the free seats of a pool by server-sent events: counts after a change, and beat when nothing has changed for a while.")
            .Produces<CountsEventView>(StatusCodes.Status200OK, "text/event-stream")
            .Takes(QueryParameters.Pool, QueryParameters.From, QueryParameters.To, _events).Refuses("unknown_pool", "busy").DisableRequestTimeout();

    private static IResult Follow(Query query)
    {
        var values = query.ReadQuery();
        var id = values.Required(QueryParameters.Pool);
        var (from, to) = values.Range(Limits.AvailabilityDays);
        var most = values.Value(_events);
        if (values.Problem() is { } bad)
            return bad;
        if (!query.Catalogue.Pools.TryGetValue(id, out var pool))
            return ApiProblem.Of(new Refusal.UnknownPool(id.Text), DateTimeZone.Utc);
        var services = query.Http.RequestServices;
        if (!services.GetRequiredService<OpenStreams>().TryFollow(query.Http, services.GetRequiredService<IOptions<CallLimits>>().Value))
            return ApiProblem.Busy();
        var counts = new LiveCounts(query.Api.Ledger.Picture, services.GetRequiredKeyedService<TimeProvider>(SiloSetup.Timers), query.Api.Clock);
        var all = counts.Of([pool.Value], from, to, ReaderWatch.Follow(query.Http, query.Api, Policies.SignedIn)).Select(one =>
            new SseItem<CountsEventView>(new() { At = one.At }, one.Kind));
        return TypedResults.ServerSentEvents(most is { } end ? all.Take(end) : all);
    }
}
