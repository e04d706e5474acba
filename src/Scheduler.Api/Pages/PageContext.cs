using NodaTime;
using Scheduler.Demo;
using Scheduler.Domain;
using Scheduler.Ledger;

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
    public PageTime Time => TimeIn(Zone);

    /// <summary>How the reader chose to see the pages.</summary>
    public PersonalChoices Choices => field ??= PageCookies.Read(Http.Request, Language);

    /// <summary>How many requests of the reader's own school wait; null without a school, for an unknown count, and on the page of a failure.</summary>
    public Task<int?> QueuedCount => field ??= Own is { } own && Http.Features.Get<Microsoft.AspNetCore.Diagnostics.IStatusCodeReExecuteFeature>() is null
        ? services.GetRequiredService<QueuedCounts>().Of(own.Id, Http.RequestAborted).AsTask()
        : Task.FromResult<int?>(null);

    /// <summary>What the demonstration loaded; null without a demonstration.</summary>
    public DemoReport? Demo => services.GetService<DemoLoading>()?.Report;

    /// <summary>The address of this page on this server, to come back to.</summary>
    public string Address => Http.Request.Path + Http.Request.QueryString;

    /// <summary>The pages that the reader finds in the bars.</summary>
    public IEnumerable<NavigationEntry> Entries => Reader is { } reader
        ? NavigationEntry.Of(reader.Role, Catalogue.Institutions.Values.Any(one => one.Value.Board is { } board && board == reader.Institution))
        : [];

    /// <summary>How the reader sees dates and times of another zone than <see cref="Zone"/>.</summary>
    public PageTime TimeIn(DateTimeZone zone) => new(Language, zone, Now) { HasTwelveHours = Choices.HasTwelveHours };

    /// <summary>Cancelled when the reader has gone, or when the server begins to stop. For a page whose answer takes long.</summary>
    public CancellationToken Stopping => StoppingToken.Of(Http, Api);

    /// <summary>The institutions within the reader's reach (R14).</summary>
    public IEnumerable<Institution> InReach() =>
        Catalogue.Institutions.Values.Select(one => one.Value).Where(one => Access.Reaches(Who, one.Id, one.Board));

    private DateTimeZone? PoolZone() => Catalogue.Pools.Values.GroupBy(pool => pool.Value.Zone)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Id, StringComparer.Ordinal).FirstOrDefault()?.Key;
}
