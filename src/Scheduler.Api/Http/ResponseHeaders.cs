namespace Scheduler.Api;

/// <summary>
/// The headers that protect an answer: browsers may not store, frame or run it. An endpoint or a group may have its own headers as metadata. Without such
/// metadata, the headers of the API apply.
/// </summary>
internal sealed record ResponseHeaders
{
    /// <summary>The headers for JSON and plain text: the answer may not be stored, framed or run.</summary>
    public static ResponseHeaders Api { get; } = new() { ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'" };

    public required string ContentSecurityPolicy { get; init; }

    /// <summary>Null leaves the header to the endpoint: static files are kept by browsers.</summary>
    public string? CacheControl { get; init; } = "no-store";

    /// <summary>Pages tell their own server where a form was, so that the server can tell its own pages from those of others.</summary>
    public string ReferrerPolicy { get; init; } = "no-referrer";

    public void Apply(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        if (CacheControl is not null)
            headers.CacheControl = CacheControl;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = ReferrerPolicy;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
    }
}
