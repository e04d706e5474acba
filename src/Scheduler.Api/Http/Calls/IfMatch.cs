namespace Scheduler.Api;

/// <summary>The condition of the header <c>If-Match</c>.</summary>
/// <param name="Version">The version that the caller has seen; null without the header, and for <c>*</c>.</param>
/// <param name="MustExist">Whether the header is <c>*</c>: the subject must exist.</param>
internal readonly record struct IfMatch(int? Version, bool MustExist)
{
    /// <summary>Reads the header. A malformed header is a fault.</summary>
    public static IfMatch Read(HttpRequest request, FieldFaults faults)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return default;
        var text = header is [{ } only] ? only.Trim() : "";
        if (text == "*")
            return new(null, true);
        if (EntityTag.TryRead(text, out var version))
            return new(version, false);
        faults.Add("If-Match", "must be one entity tag, copied from an ETag header, such as \"3\", or *");
        return default;
    }
}
