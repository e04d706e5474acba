namespace Scheduler.Api;

/// <summary>Writes a JSON body whose bytes are complete, so that Content-Length can be set.</summary>
internal static class JsonBytes
{
    public const string MediaType = "application/json";

    /// <summary>The media type of a merge patch (RFC 7396).</summary>
    public const string PatchMediaType = "application/merge-patch+json";

    public static Task Write(HttpContext http, ReadOnlyMemory<byte> body)
    {
        http.Response.ContentType = MediaType;
        http.Response.ContentLength = body.Length;
        var written = http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }
}
