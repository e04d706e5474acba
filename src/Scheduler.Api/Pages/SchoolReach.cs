using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// R14 for the school that the address of a page or of a form names: a school out of reach looks like one that is not there, and never becomes the reader's
/// own.
/// </summary>
internal static class SchoolReach
{
    public static Task Check(HttpContext http, RequestDelegate next)
    {
        if (!IsNamed(http, out var name) || SignedInIdentity.Of(http.User) is null
            || Find(http.RequestServices.GetRequiredService<PageContext>(), name) is not null)
            return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>The school that the address names, when the reader reaches it; null otherwise.</summary>
    public static Institution? Named(PageContext page) => IsNamed(page.Http, out var name) ? Find(page, name) : null;

    private static bool IsNamed(HttpContext http, out string name) =>
        (name = http.Request.Query[AvailabilityAddress.SchoolField].FirstOrDefault() ?? "").Length > 0;

    private static Institution? Find(PageContext page, string name) =>
        InstitutionId.TryParse(name, out var id) && page.Reaches(id) ? page.Catalogue.Institutions[id].Value : null;
}
