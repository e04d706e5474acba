using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Scheduler.Api;

/// <summary>When the sign-in of a browser ends.</summary>
/// <param name="Left">How long it lasts still.</param>
/// <param name="CanBeProlonged">Whether going on prolongs it. The session of an account ends some days after its beginning, whatever happens.</param>
internal readonly record struct SessionEnd(Duration Left, bool CanBeProlonged)
{
    /// <summary>The end as of this answer; null when no cookie signs the reader in.</summary>
    public static SessionEnd? Of(PageContext page)
    {
        var (http, services) = (page.Http, page.Http.RequestServices);
        if (SignedInIdentity.Of(http.User) is not { } reader
            || http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc is not { } expires)
            return null;
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(SessionCookie.SchemeName);
        var (left, whole) = (expires - (options.TimeProvider ?? TimeProvider.System).GetUtcNow(), options.ExpireTimeSpan);
        // When more than half is over, this answer brings a new cookie.
        var cookie = Duration.FromTimeSpan(left + left < whole ? whole : left);
        return AccountEnd(page, reader) is { } end && end - page.Now < cookie ? new(end - page.Now, false) : new(cookie, true);
    }

    private static Instant? AccountEnd(PageContext page, SignedInIdentity reader) =>
        reader.Account is { } id && page.Api.Accounts.Accounts.TryGetValue(id, out var account)
            && account.Sessions.FirstOrDefault(one => one.Id == reader.Session) is { } session
            ? AccountSessions.EndOf(session)
            : null;
}
