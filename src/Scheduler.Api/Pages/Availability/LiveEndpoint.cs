using System.Net.ServerSentEvents;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>The stream that a page of free seats follows while the page is visible.</summary>
internal static class LiveEndpoint
{
    private const string Path = "/availability/live";

    /// <summary>The address of the stream for some days of a pool.</summary>
    public static string Address(PoolId pool, LocalDate from, int days) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}?pool={pool.Text}&from={TextForms.Date.Write(from)}&days={days}");

    public static void MapLive(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, Follow)
        .RequireAuthorization(Policies.SignedIn).ExcludeFromDescription().DisableRequestTimeout().DisableRateLimiting();

    private static IResult Follow(
        PageContext page, OpenStreams open, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, IOptions<CallLimits> limits, string? pool, string? from,
        int? days)
    {
        if (!PoolId.TryParse(pool ?? "", out var id) || !page.Catalogue.Pools.TryGetValue(id, out var known)
            || !TextForms.Date.TryRead(from ?? "", out var first, out _) || days is not (>= 1 and <= Limits.AvailabilityDays))
            return ApiProblem.NoSuchAddress();
        if (!open.TryFollow(page.Http, limits.Value))
            return ApiProblem.Busy();
        var ended = ReaderWatch.Follow(page.Http, page.Api, Policies.SignedIn);
        var zone = page.Zone;
        var (begin, end) = (zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(first.PlusDays(days.Value)).ToInstant());
        var counts = new LiveCounts(page.Api.Ledger.Picture, time, page.Api.Clock);
        return TypedResults.ServerSentEvents(
            counts.Of(known.Value, begin, end, ended).Select(one => new SseItem<string>(TextForms.Instant.Write(one.At), one.Kind)));
    }
}
