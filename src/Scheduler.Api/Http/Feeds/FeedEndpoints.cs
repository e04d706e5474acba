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

    private const string Owned = "feed of ";

    /// <summary>The name of a key that a reader makes for the own calendar. The name says whose key it is.</summary>
    public static string NameOf(Principal reader) => Owned + reader.Id;

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
            || !api.Catalogue.Current.Institutions.TryGetValue(id, out var institution) || !await MayRead(key, institution.Value, api, http.RequestAborted))
            return ApiProblem.NoSuchAddress();
        var now = api.Clock.GetCurrentInstant();
        var filter = new Scheduler.Ledger.BookingFilter { From = now - Duration.FromDays(PastDays) };
        var all = await WholeList.Read(cursor => api.Ledger.Read.Bookings(id, filter, cursor, Limits.PageSize, http.RequestAborted));
        var origin = $"{http.Request.Scheme}://{http.Request.Host}";
        return TypedResults.Text(CalendarFeed.Of(institution.Value, all, api.Catalogue.Current, now, origin), $"{CalendarFeed.MediaType}; charset=utf-8");
    }

    /// <summary>
    /// Whether the reader who made the key for a calendar may still book for the school: a feed ends with the account or API key of its reader. A key that a
    /// coordinator made has another name, and lives until it is revoked.
    /// </summary>
    private static async ValueTask<bool> MayRead(ApiKey feed, Institution school, ApiContext api, CancellationToken cancellation)
    {
        if (!feed.Name.StartsWith(Owned, StringComparison.Ordinal) || !Guid.TryParseExact(feed.Name.AsSpan(Owned.Length), "D", out var owner))
            return true;
        if (await api.Accounts.Trusted(new(owner), cancellation) is { } account)
        {
            return account.RemovedAt is null && Access.Books(account.Role)
                && Access.Reaches(new(account.Id.ToString(), account.Role, account.Institution, account.Name), school.Id, school.Board);
        }

        return api.Catalogue.Current.ApiKeys.GetValueOrDefault(new(owner)) is not { Value.RevokedAt: not null };
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
