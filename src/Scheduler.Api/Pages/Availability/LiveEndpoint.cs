using System.Collections.Immutable;
using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// The stream that a page of free seats follows while the page is visible. Days are those of the school that the page shows. An event has the time of the
/// look as the page writes times, because a browser has zone rules and names of its own.
/// </summary>
internal static class LiveEndpoint
{
    /// <summary>The path of the stream.</summary>
    public const string Path = "/availability/live";

    /// <summary>The most pools that one stream follows.</summary>
    public const int Pools = 6;

    /// <summary>The address of the stream for some days of some pools, on the clock of a school; null for the reader's own clock.</summary>
    public static string Address(IEnumerable<PoolId> pools, LocalDate from, int days, InstitutionId? school)
    {
        var address = new StringBuilder(Path);
        address.Append(System.Globalization.CultureInfo.InvariantCulture, $"?{AvailabilityAddress.FromField}={TextForms.Date.Write(from)}&days={days}");
        foreach (var pool in pools)
            address.Append('&').Append(AvailabilityAddress.PoolField).Append('=').Append(pool.Text);
        return school is { } id ? address.Append('&').Append(AvailabilityAddress.SchoolField).Append('=').Append(id.Text).ToString() : address.ToString();
    }

    public static void MapLive(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, Follow)
        .RequireAuthorization(Policies.SignedIn).ExcludeFromDescription().DisableRequestTimeout().DisableRateLimiting();

    private static IResult Follow(
        PageContext page, OpenStreams open, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, IOptions<CallLimits> limits, int? days)
    {
        var asked = AvailabilityQuery.Read(page, AvailabilitySpan.Week);
        if (PoolsOf(page) is not { } pools || asked.From is not { } first || days is not (>= 1 and <= Limits.AvailabilityDays))
            return ApiProblem.NoSuchAddress();
        if (!open.TryFollow(page.Http, limits.Value))
            return ApiProblem.Busy();
        var ended = ReaderWatch.Follow(page.Http, page.Api, Policies.SignedIn);
        var zone = AvailabilityQuery.School(page, asked)?.Zone ?? page.Zone;
        var (begin, end) = (zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(first.PlusDays(days.Value)).ToInstant());
        var counts = new LiveCounts(page.Api.Ledger.Picture, time, page.Api.Clock);
        var written = page.TimeIn(zone);
        return TypedResults.ServerSentEvents(counts.Of(pools, begin, end, ended).Select(one => new SseItem<string>(written.Clock(one.At), one.Kind)));
    }

    /// <summary>The pools of the address; null when there is none, or one that does not exist.</summary>
    private static ImmutableArray<Pool>? PoolsOf(PageContext page)
    {
        var pools = ImmutableArray.CreateBuilder<Pool>();
        foreach (var text in page.Http.Request.Query[AvailabilityAddress.PoolField].Take(Pools))
        {
            if (!PoolId.TryParse(text ?? "", out var id) || !page.Catalogue.Pools.TryGetValue(id, out var known))
                return null;
            pools.Add(known.Value);
        }

        return pools.Count == 0 ? null : pools.ToImmutable();
    }
}
