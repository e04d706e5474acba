using System.Globalization;

namespace Scheduler.Api;

/// <summary>Versions as entity tags: <c>"7"</c>. All tags are strong, since a version names exact bytes of a resource.</summary>
internal static class EntityTag
{
    /// <summary>A version that no resource has. A well-formed tag that this server never gives is read as this version.</summary>
    public const int Never = -1;

    public static string Of(int version) => version == 1 ? "\"1\"" : string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Reads a tag; false when it is malformed.</summary>
    public static bool TryRead(string text, out int version)
    {
        version = Version(text);
        return IsTag(text);
    }

    /// <summary>Whether <c>If-None-Match</c> names this version, so that the caller has the resource already.</summary>
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
        tag.Length > 2 && IsTag(tag) && int.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : Never;
}
