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

    public string CacheControl { get; init; } = "no-store";

    public void Apply(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = CacheControl;
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
    }
}
