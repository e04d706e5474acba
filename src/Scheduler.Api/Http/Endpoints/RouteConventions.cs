using Microsoft.AspNetCore.Http.Metadata;

namespace Scheduler.Api;

/// <summary>Adds our own metadata to routes, beside the framework's.</summary>
internal static class RouteConventions
{
    /// <summary>
    /// The methods of a route that reads. Such a route is mapped by the framework's own call with these methods, because the code of a handler is made at
    /// compile time only where that call is written.
    /// </summary>
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>The answer to a success.</summary>
    public static RouteHandlerBuilder Shows<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK) =>
        route.Produces<T>(status, JsonBytes.MediaType);

    /// <summary>A route that makes a new subject at each call, and the answer to a success: 201 with the subject.</summary>
    public static RouteHandlerBuilder Makes<T>(this RouteHandlerBuilder route) =>
        route.Shows<T>(StatusCodes.Status201Created).WithMetadata(MakesSubject.Instance);

    /// <summary>
    /// The codes with which the route may refuse, beside those of every route of its kind. Every route that changes something declares its codes, even when
    /// there are none.
    /// </summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params string[] codes) => route.WithMetadata(new RefusalCodes(codes));

    /// <summary>A route that merges a patch into the body of a PUT. Every such route refuses by the rules of the PUT, by default by none.</summary>
    public static RouteHandlerBuilder Patches<TBody>(this RouteHandlerBuilder route)
        where TBody : IEntryBody => route.WithMetadata(new AcceptsMetadata(["*/*"], typeof(TBody))).Refuses();

    /// <summary>A route of an operator's change that can be tried first.</summary>
    public static RouteHandlerBuilder Tries(this RouteHandlerBuilder route) => route.Takes(QueryParameters.DryRun);

    /// <summary>The query parameters of the route.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder route, params QueryParameter[] parameters) =>
        route.WithMetadata(new QueryParameters(parameters));

    /// <summary>A route whose answer is a page of a list. The parameters filter the list.</summary>
    public static RouteHandlerBuilder Lists<T>(this RouteHandlerBuilder route, params QueryParameter[] parameters) =>
        route.Shows<PageView<T>>().Takes([.. parameters, QueryParameters.Limit, QueryParameters.Cursor]);
}
