using Microsoft.AspNetCore.WebUtilities;

namespace Scheduler.Api;

/// <summary>
/// Remembers the last need of a reader in a cookie, so that the fields of the need are filled in on the next visit. An address that names a need, even an empty
/// one, comes before the cookie.
/// </summary>
internal static class NeedCookie
{
    private const string Name = "scheduler-need";
    private const int Days = 120;

    /// <summary>The address with the remembered need when the address names none. Keeps the need of the address for the next visit.</summary>
    public static AvailabilityAddress Remember(PageContext page, AvailabilityAddress address)
    {
        var (request, response) = (page.Http.Request, page.Http.Response);
        if (!request.Query.ContainsKey(Need.ExamField) && !request.Query.ContainsKey(Need.SeatsField))
        {
            return request.Cookies[Name] is { Length: > 0 and < 512 } kept
                ? address with { Need = Need.Read(QueryHelpers.ParseQuery(kept), page.Catalogue) }
                : address;
        }

        response.Cookies.Append(Name, address.Need.Query(), new()
        {
            HttpOnly = true, IsEssential = true, MaxAge = TimeSpan.FromDays(Days), Path = "/", SameSite = SameSiteMode.Lax, Secure = request.IsHttps,
        });
        return address;
    }
}
