using System.Reflection;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A call that reads.</summary>
internal sealed class Query(HttpContext http) : Call(http), IBindableFromHttpContext<Query>
{
    public static ValueTask<Query?> BindAsync(HttpContext context, ParameterInfo parameter) => new(new Query(context));

    /// <summary>A single resource with its ETag, or 304 when the caller has this version already.</summary>
    public IResult Show<T>(T view, int version)
    {
        Http.Response.Headers.ETag = EntityTag.Of(version);
        return EntityTag.IsKnown(Http.Request, version) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : new JsonAnswer<T>(view);
    }

    /// <summary>A resource with its ETag for If-Match. The answer is never 304, because parts of the view change without a new version.</summary>
    public IResult ShowInFull<T>(T view, int version)
    {
        Http.Response.Headers.ETag = EntityTag.Of(version);
        return new JsonAnswer<T>(view);
    }

    /// <summary>A page of the ledger; 400 when the cursor is not one that the list gave.</summary>
    public static IResult Page<T, TView>(Page<T>? page, Func<T, TView> view) => page is null
        ? BadCursor()
        : new JsonAnswer<PageView<TView>>(new() { Items = [.. page.Entries.Select(view)], Next = page.Next });

    public static ApiProblem BadCursor() => ApiProblem.Invalid("cursor", "must be the value of next in an earlier page of this list");
}
