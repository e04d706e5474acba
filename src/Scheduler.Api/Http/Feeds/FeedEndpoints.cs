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

    /// <summary>The name of the keys that readers make for their calendars.</summary>
    public const string Name = "calendar";

    /// <summary>The owner of a key that a reader makes for the own calendar.</summary>
    public static Guid? OwnerOf(Principal reader) => Guid.TryParseExact(reader.Id, "D", out var owner) ? owner : null;

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
            || !api.Catalogue.Current.Institutions.TryGetValue(id, out var institution)
            || await Schools(key, institution.Value, api, http.RequestAborted) is not { Count: > 0 } schools)
            return ApiProblem.NoSuchAddress();
        var filter = new Scheduler.Ledger.BookingFilter { From = api.Clock.GetCurrentInstant() - Duration.FromDays(PastDays) };
        var entries = new List<(Booking, Instant)>();
        foreach (var school in schools)
        {
            var bookings = await WholeList.Read(cursor => api.Ledger.Read.Bookings(school, filter, cursor, Limits.PageSize, http.RequestAborted));
            var changed = await api.Ledger.Read.LastChanges(school, http.RequestAborted);
            entries.AddRange(bookings.Select(booking => (booking, changed.GetValueOrDefault(booking.Id, booking.Sitting.Start))));
        }

        var origin = $"{http.Request.Scheme}://{http.Request.Host}";
        return TypedResults.Text(CalendarFeed.Of(institution.Value, entries, api.Catalogue.Current, origin), $"{CalendarFeed.MediaType}; charset=utf-8");
    }

    /// <summary>
    /// The schools whose bookings the feed has; empty when the owner of the key may not read the institution any more: a feed ends with the account or API key
    /// of its reader. To a board's coordinator the feed of the board is that of the schools of the board too. A key that a coordinator made for a program has
    /// no owner, and lives until it is revoked.
    /// </summary>
    private static async ValueTask<List<InstitutionId>> Schools(ApiKey feed, Institution institution, ApiContext api, CancellationToken cancellation)
    {
        if (feed.Owner is not { } owner)
            return [institution.Id];
        var current = api.Catalogue.Current;
        var reader = await api.Accounts.Trusted(new(owner), cancellation) is { RemovedAt: null } account
            ? new Principal(account.Id.ToString(), account.Role, account.Institution, account.Name)
            : current.ApiKeys.GetValueOrDefault(new(owner)) is { Value: { RevokedAt: null } key }
                ? new(key.Id.ToString(), key.Role, key.Institution, key.Name)
                : null;
        return reader is null
            ? []
            : [.. current.Institutions.Values.Select(one => one.Value)
                .Where(one => (one.Id == institution.Id || one.Board == institution.Id) && Access.Reaches(reader, one.Id, one.Board))
                .OrderBy(one => one.Id != institution.Id).ThenBy(one => one.Id.Text, StringComparer.Ordinal).Select(one => one.Id)];
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
