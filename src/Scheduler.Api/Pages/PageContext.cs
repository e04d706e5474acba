using NodaTime;
using Scheduler.Demo;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What a page needs to know of its request: the reader, the language, the clock, and the services behind the endpoints of the API.</summary>
internal sealed class PageContext(IHttpContextAccessor accessor, ApiContext api, IServiceProvider services)
{
    public ApiContext Api { get; } = api;

    public HttpContext Http { get; } = accessor.HttpContext ?? throw new InvalidOperationException("Pages are made for requests only.");

    /// <summary>The catalogue as of one moment of the request.</summary>
    public Catalogue Catalogue { get; } = api.Catalogue.Current;

    public PageLanguage Language { get; } = PageLanguage.Current;

    /// <summary>The reader; null when nobody is signed in.</summary>
    public Principal? Reader => SignedInIdentity.Of(Http.User)?.Principal;

    /// <summary>Whether the reader must set up a second factor before anything else.</summary>
    public bool IsHeldForSecondFactor => SignedInIdentity.Of(Http.User)?.NeedsSecondFactor == true;

    /// <summary>The reader. For pages that only somebody who is signed in may see.</summary>
    public Principal Who => Reader ?? throw new InvalidOperationException("The page has no authorization policy.");

    /// <summary>The reader's own institution; null for operators and for nobody.</summary>
    public Institution? Own => Reader?.Institution is { } id && Catalogue.Institutions.TryGetValue(id, out var own) ? own.Value : null;

    public Instant Now => Api.Clock.GetCurrentInstant();

    /// <summary>The zone of the reader's institution. Operators read in the zone of most pools.</summary>
    public DateTimeZone Zone => Own?.Zone ?? PoolZone() ?? DateTimeZone.Utc;

    /// <summary>How the reader sees dates and times.</summary>
    public PageTime Time => new(Language, Zone, Now);

    /// <summary>The theme that the reader chose; null for the theme of the reader's system.</summary>
    public string? Theme => PageCookies.Theme(Http.Request);

    /// <summary>Whether single letters act as keys, such as F for the next start that fits. The reader can switch them off.</summary>
    public bool HasLetterKeys => PageCookies.HasLetterKeys(Http.Request);

    /// <summary>What the demonstration loaded; null without a demonstration.</summary>
    public DemoReport? Demo => services.GetService<DemoLoading>()?.Report;

    /// <summary>The address of this page on this server, to come back to.</summary>
    public string Address => Http.Request.Path + Http.Request.QueryString;

    /// <summary>The pages that the reader finds in the bars.</summary>
    public IEnumerable<NavigationEntry> Entries => Reader is { } reader
        ? NavigationEntry.Of(reader.Role, Catalogue.Institutions.Values.Any(one => one.Value.Board is { } board && board == reader.Institution))
        : [];

    /// <summary>The institutions within the reader's reach (R14).</summary>
    public IEnumerable<Institution> InReach() =>
        Catalogue.Institutions.Values.Select(one => one.Value).Where(one => Access.Reaches(Who, one.Id, one.Board));

    private DateTimeZone? PoolZone() => Catalogue.Pools.Values.GroupBy(pool => pool.Value.Zone)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Id, StringComparer.Ordinal).FirstOrDefault()?.Key;
}
