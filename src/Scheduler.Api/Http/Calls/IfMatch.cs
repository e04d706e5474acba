namespace Scheduler.Api;

/// <summary>The condition of a change: the header <c>If-Match</c>, or <c>If-None-Match: *</c>.</summary>
/// <param name="Version">The version that the caller expects, 0 for a subject that must not exist; null without a condition, and for <c>If-Match:
/// *</c>.</param>
/// <param name="MustExist">Whether the subject must exist: the condition is <c>If-Match</c>.</param>
/// <param name="MustBeNew">Whether the subject must not exist: the condition is <c>If-None-Match: *</c>.</param>
internal readonly record struct IfMatch(int? Version, bool MustExist, bool MustBeNew)
{
    private const string Match = "If-Match";
    private const string NoneMatch = "If-None-Match";

    /// <summary>Reads the headers. A malformed header is a fault, and so is a condition for a route that makes a subject without an address.</summary>
    public static IfMatch Read(HttpContext http, FieldFaults faults)
    {
        var (match, noneMatch) = (http.Request.Headers.IfMatch, http.Request.Headers.IfNoneMatch);
        if (match.Count == 0 && noneMatch.Count == 0)
            return default;
        if (http.GetEndpoint()?.Metadata.GetMetadata<MakesSubject>() is not null)
            faults.Add(match.Count > 0 ? Match : NoneMatch, "must be left out: this call makes a new subject, which has no version yet");
        else if (match.Count > 0 && noneMatch.Count > 0)
            faults.Add(NoneMatch, "must be left out beside If-Match");
        else if (noneMatch.Count > 0)
            return NotThere([.. noneMatch], faults);
        else
            return Seen([.. match], faults);
        return default;
    }

    private static IfMatch Seen(string?[] header, FieldFaults faults)
    {
        var text = header is [{ } only] ? only.Trim() : "";
        if (text == "*")
            return new(null, MustExist: true, MustBeNew: false);
        if (EntityTag.TryRead(text, out var version))
            return new(version, MustExist: true, MustBeNew: false);
        faults.Add(Match, "must be one entity tag, copied from an ETag header, such as \"3\", or *");
        return default;
    }

    private static IfMatch NotThere(string?[] header, FieldFaults faults)
    {
        if (header is [{ } only] && only.Trim() == "*")
            return new(0, MustExist: false, MustBeNew: true);
        faults.Add(NoneMatch, "must be * in a change: the subject must not exist yet");
        return default;
    }
}
