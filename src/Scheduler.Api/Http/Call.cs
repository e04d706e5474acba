using System.Text.Json;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>One call of a signed-in caller whose role may make it.</summary>
internal sealed class Call(HttpContext http, Door door, Principal who)
{
    public HttpContext Http { get; } = http;

    public Door Door { get; } = door;

    public Principal Who { get; } = who;

    /// <summary>The catalogue of this call: one moment of it, however long the call takes.</summary>
    public Catalogue Catalogue { get; } = door.Catalogue.Current;

    public Instant Now => Door.Clock.GetCurrentInstant();

    /// <summary>The path's <c>{id}</c> as it came.</summary>
    public string Id => (string?)Http.Request.RouteValues["id"] ?? "";

    /// <summary>Whether a newer catalogue would not change the answer: a grain gave it, or the message itself is bad.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Whether it has an idempotency key, once its body was read: then making it again does no harm.</summary>
    public bool HasKey { get; set; }

    /// <summary>The body as it came, once it was read.</summary>
    public byte[]? Text { get; set; }

    public bool IsOperator => Who.Role == Role.Operator;

    /// <summary>The same call on the catalogue of now.</summary>
    public Call Again() => new(Http, Door, Who) { Text = Text };

    /// <summary>Whether an institution stands in the catalogue and in the caller's reach (R14).</summary>
    public bool Reaches(InstitutionId id) =>
        Catalogue.Institutions.TryGetValue(id, out var institution) && Access.Reaches(Who, id, institution.Value.Board);

    /// <summary>The path's institution, when it is there and in reach; null otherwise: the two look alike.</summary>
    public InstitutionId? Institution() => InstitutionId.TryParse(Id, out var id) && Reaches(id) ? id : null;

    /// <summary>The institutions in the caller's reach, by id.</summary>
    public IEnumerable<Versioned<Institution>> Reach() => Catalogue.Institutions.Values
        .Where(institution => Access.Reaches(Who, institution.Value.Id, institution.Value.Board))
        .OrderBy(institution => institution.Value.Id);

    /// <summary>The caller as grains know it.</summary>
    public Caller Caller(CallBody body) => new(Who, body.Stamp, body.IfMatch);

    /// <summary>Reads the body, the idempotency key and If-Match. Whatever is wrong with them stands among its faults.</summary>
    public ValueTask<CallBody> ReadBody(BodyUse use) => BodyReading.Read(this, use);

    /// <summary>An answer that shows a single resource, or 304 when the caller has this version already.</summary>
    public Answer Single(int version, Action<Utf8JsonWriter> members)
    {
        Http.Response.Headers.ETag = EntityTag.Of(version);
        return EntityTag.IsKnown(Http.Request, version) ? new() { Status = StatusCodes.Status304NotModified } : Ok(members);
    }

    /// <summary>An answer with its version for <c>If-Match</c>, in full every time: it also shows what moves without the version.</summary>
    public Answer Moving(int version, Action<Utf8JsonWriter> members)
    {
        Http.Response.Headers.ETag = EntityTag.Of(version);
        return Ok(members);
    }

    public static Answer Ok(Action<Utf8JsonWriter> members) => new() { Status = StatusCodes.Status200OK, Body = JsonText.Object(members) };

    /// <summary>A page of what the path's institution has, of those lists that take paging alone; 404 when it is not in reach.</summary>
    public async ValueTask<Answer> PageOfInstitution<T>(Func<InstitutionId, string?, int, Task<Page<T>?>> read, Action<Utf8JsonWriter, InstitutionId, T> members)
    {
        var query = new Query(Http.Request);
        var (cursor, limit) = query.Paging();
        if (query.Problem() is { } bad)
            return bad;
        if (Institution() is not { } institution)
            return Problems.NotFound();
        var page = await read(institution, cursor, limit);
        return page is null ? Query.BadCursor() : Page(page, (writer, entry) => members(writer, institution, entry));
    }

    public static Answer Page<T>(Page<T> page, Action<Utf8JsonWriter, T> members) =>
        new() { Status = StatusCodes.Status200OK, Body = JsonText.Page(page.Entries, page.Next, members) };
}
