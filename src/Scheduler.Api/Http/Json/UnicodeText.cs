using System.Text.Json;

namespace Scheduler.Api;

/// <summary>
/// JSON text that is not Unicode text: an escaped surrogate without its other half. The parser accepts such text and throws only when the text is read.
/// </summary>
internal static class UnicodeText
{
    /// <summary>The element's text; null when it is not Unicode text.</summary>
    public static string? TextOrNull(this JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // The parser has no other documented way to find this out. The caller of this method names the field in a fault.
            return null;
        }
    }

    /// <summary>The member's name; null when it is not Unicode text.</summary>
    public static string? NameOrNull(this JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether any name or text in the element is not Unicode text.</summary>
    public static bool HasBrokenText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.TextOrNull() is null,
        JsonValueKind.Array => element.EnumerateArray().Any(HasBrokenText),
        JsonValueKind.Object => element.EnumerateObject().Any(member => member.NameOrNull() is null || member.Value.HasBrokenText()),
        _ => false,
    };
}
