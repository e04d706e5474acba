using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// One call of a signed-in caller whose role may make it. An endpoint takes a <see cref="Query"/> or a <see cref="Command{TBody}"/> as its last parameter.
/// </summary>
internal abstract class Call
{
    protected Call(HttpContext http)
    {
        Http = http;
        Api = http.RequestServices.GetRequiredService<ApiContext>();
        Identity = SignedInIdentity.Of(http.User) ?? throw new InvalidOperationException("The endpoint has no authorization policy.");
        Catalogue = Api.Catalogue.Current;
    }

    public HttpContext Http { get; }

    public ApiContext Api { get; }

    public Principal Who => Identity.Principal;

    /// <summary>The catalogue as of one moment of the call. It does not change while the call runs, except by <see cref="TakeNewestCatalogue"/>.</summary>
    public Catalogue Catalogue { get; private set; }

    /// <summary>Whether the answer stays the same with a newer catalogue: a grain gave the answer, or the body is too large.</summary>
    public bool IsFinal { get; protected set; }

    /// <summary>Whether the call has an idempotency key, so that the call can safely be repeated.</summary>
    public virtual bool HasKey => false;

    public bool IsOperator => Who.Role == Role.Operator;

    public Instant Now => Api.Clock.GetCurrentInstant();

    /// <summary>Cancelled when the caller has closed the connection, or when the call's deadline has passed.</summary>
    public CancellationToken Cancellation => Http.RequestAborted;

    /// <summary>
    /// Cancelled when the caller has closed the connection, or when the server begins to stop. For an answer that goes on until something happens.
    /// </summary>
    public CancellationToken Stopping => StoppingToken.Of(Http, Api);

    /// <summary>Whether the caller's key is revoked in the newest catalogue, or the caller's session has ended.</summary>
    public bool IsRevoked => Identity.Key is { } key
        ? Api.Catalogue.Current.ApiKeys.GetValueOrDefault(key) is not { Value.RevokedAt: null }
        : Identity.Account is { } account && Api.Accounts.Accounts.GetValueOrDefault(account)?.Sessions.Any(one => one.Id == Identity.Session) != true;

    private SignedInIdentity Identity { get; }

    /// <summary>Takes the newest catalogue, so that the call can be decided again.</summary>
    public void TakeNewestCatalogue()
    {
        Catalogue = Api.Catalogue.Current;
        IsFinal = false;
    }

    /// <summary>Whether an institution exists and is within the caller's reach (R14).</summary>
    public async ValueTask<bool> Reaches(InstitutionId id)
    {
        if (!Catalogue.Institutions.TryGetValue(id, out var institution))
            return false;
        var result = await Api.Authorization.AuthorizeAsync(Http.User, institution.Value, Policies.Reach);
        return result.Succeeded;
    }

    /// <summary>The same as <see cref="Reaches"/>, decided directly by the domain's rule. For places that check many institutions.</summary>
    public bool IsInReach(InstitutionId id) => Catalogue.Institutions.TryGetValue(id, out var institution) && Access.Reaches(Who, id, institution.Value.Board);

    /// <summary>
    /// The institution with this id, when the institution exists and is within reach; otherwise null. The caller cannot see which of the two is wrong.
    /// </summary>
    public async ValueTask<InstitutionId?> Institution(string id) =>
        InstitutionId.TryParse(id, out var institution) && await Reaches(institution) ? institution : null;

    /// <summary>The booking with this id, when the booking exists and is within reach; otherwise null. Both cases need the same read of the ledger.</summary>
    public async ValueTask<Booking?> Booking(string id) =>
        TryId(id, out var key) && await Api.Ledger.Read.Booking(new(key), Cancellation) is { } booking && await Reaches(booking.Sitting.Institution)
            ? booking
            : null;

    /// <summary>The hold with this id, by the same rules as <see cref="Booking"/>.</summary>
    public async ValueTask<Hold?> Hold(string id) =>
        TryId(id, out var key) && await Api.Ledger.Read.Hold(new(key), Cancellation) is { } hold && await Reaches(hold.Sitting.Institution) ? hold : null;

    /// <summary>The request with this id, by the same rules as <see cref="Booking"/>.</summary>
    public async ValueTask<Request?> Request(string id) =>
        TryId(id, out var key) && await Api.Ledger.Read.Request(new(key), Cancellation) is { } request && await Reaches(request.Institution) ? request : null;

    /// <summary>The pack with this id, by the same rules as <see cref="Booking"/>.</summary>
    public async ValueTask<PackSnapshot?> Pack(string id) =>
        TryId(id, out var key) && await Api.Ledger.Read.Pack(new(key), Cancellation) is { } pack && await Reaches(pack.Institution) ? pack : null;

    /// <summary>The plan with this id; null when there is none.</summary>
    public async ValueTask<PlanRow?> Plan(string id) => TryId(id, out var key) ? await Api.Ledger.Read.Plan(new(key), Cancellation) : null;

    /// <summary>The pool with this id; null when there is no such pool. Every caller may see every pool.</summary>
    public Versioned<Pool>? Pool(string id) => PoolId.TryParse(id, out var key) ? Catalogue.Pools.GetValueOrDefault(key) : null;

    /// <summary>The institutions within the caller's reach.</summary>
    public IEnumerable<Versioned<Institution>> InstitutionsInReach() =>
        Catalogue.Institutions.Values.Where(institution => Access.Reaches(Who, institution.Value.Id, institution.Value.Board));

    /// <summary>The call's query parameters, checked against the parameters that the route declares.</summary>
    public QueryValues ReadQuery() => new(Http.Request, Http.GetEndpoint()?.Metadata.GetMetadata<QueryParameters>() ?? QueryParameters.None);

    /// <summary>Reads an id in its canonical form.</summary>
    public static bool TryId(string text, out Guid id) => Guid.TryParseExact(text, "D", out id);
}
