using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The calendar feed of a school. Calendar programs send no header, so the key stands in the address: a key of the role <c>feed</c>, which opens this feed and
/// nothing else, and which can be revoked.
/// </summary>
internal static class FeedEndpoints
{
    /// <summary>Days of the past that the feed has.</summary>
    public const int PastDays = 60;

    private const string Ending = ".ics";

    /// <summary>The path of the feed of a key.</summary>
    public static string Path(string secret) => $"/feeds/{secret}{Ending}";

    public static void MapFeeds(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapMethods("/feeds/{file}", RouteConventions.Reading, Read).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Read(string file, HttpContext http, ApiContext api)
    {
        if (!file.EndsWith(Ending, StringComparison.Ordinal) || file.Length > ApiKeySecret.MaxLength)
            return ApiProblem.NoSuchAddress();
        var key = await Key(ApiKeySecret.Hash(file.AsSpan(0, file.Length - Ending.Length)), api, http.RequestAborted);
        if (key is not { Role: Role.Feed, RevokedAt: null, Institution: { } id }
            || !api.Catalogue.Current.Institutions.TryGetValue(id, out var institution))
            return ApiProblem.NoSuchAddress();
        var now = api.Clock.GetCurrentInstant();
        var filter = new Scheduler.Ledger.BookingFilter { From = now - Duration.FromDays(PastDays) };
        var all = await WholeList.Read(cursor => api.Ledger.Read.Bookings(id, filter, cursor, Limits.PageSize, http.RequestAborted));
        var origin = $"{http.Request.Scheme}://{http.Request.Host}";
        return TypedResults.Text(CalendarFeed.Of(institution.Value, all, api.Catalogue.Current, now, origin), $"{CalendarFeed.MediaType}; charset=utf-8");
    }

    /// <summary>The key with this hash. Another process may have made the key a moment ago, so a missing key is looked for in the newest catalogue.</summary>
    private static async ValueTask<ApiKey?> Key(string hash, ApiContext api, CancellationToken cancellation)
    {
        var seen = api.Catalogue.Current;
        if (seen.KeysByHash.TryGetValue(hash, out var key))
            return key;
        return await api.Catalogue.IsBehind(seen, cancellation) ? api.Catalogue.Current.KeysByHash.GetValueOrDefault(hash) : null;
    }
}
