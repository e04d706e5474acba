using System.Globalization;

namespace Scheduler.Api;

/// <summary>Versions as entity tags: <c>"7"</c>. Strong ones only, since a version names exact bytes of a resource.</summary>
internal static class EntityTag
{
    /// <summary>A version that no resource ever has: what a tag of somebody else's making asks for.</summary>
    public const int Never = -1;

    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>
    /// Reads <c>If-Match</c>. False when it is malformed. <paramref name="version"/> is null for none and for <c>*</c>, which only asks that the thing is there
    /// (<paramref name="exists"/>).
    /// </summary>
    public static bool TryIfMatch(HttpRequest request, out int? version, out bool exists)
    {
        version = null;
        exists = false;
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
            return true;
        if (header is not [{ } text])
            return false;
        text = text.Trim();
        if (text == "*")
            return exists = true;
        if (!IsTag(text))
            return false;
        version = Version(text);
        return true;
    }

    /// <summary>Whether <c>If-None-Match</c> names this version: the caller has it already.</summary>
    public static bool IsKnown(HttpRequest request, int version)
    {
        foreach (var line in request.Headers.IfNoneMatch)
        {
            foreach (var part in (line ?? "").Split(','))
            {
                var tag = part.Trim();
                if (tag == "*" || Version(tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag) == version)
                    return true;
            }
        }

        return false;
    }

    private static bool IsTag(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"' && text.AsSpan(1, text.Length - 2).IndexOfAny('"', ',') < 0;

    private static int Version(string tag) =>
        tag.Length > 2 && IsTag(tag) && int.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : Never;
}
