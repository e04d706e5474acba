using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Primitives;

namespace Scheduler.Api;

/// <summary>
/// Chooses French for a browser that prefers any French, and English for all others. The framework's own provider knows only exact tags here, because the
/// program runs without the system's data of cultures.
/// </summary>
internal sealed class AcceptedLanguages : RequestCultureProvider
{
    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        var first = httpContext.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(one => one.Quality ?? 1)
            .Select(one => PageLanguage.All.FirstOrDefault(language => Begins(one.Value, language.Tag[..2]))).FirstOrDefault(language => language is not null);
        return Task.FromResult(first is null ? null : new ProviderCultureResult(first.Tag));
    }

    private static bool Begins(StringSegment tag, string language) =>
        tag.StartsWith(language, StringComparison.OrdinalIgnoreCase) && (tag.Length == language.Length || tag[language.Length] == '-');
}
