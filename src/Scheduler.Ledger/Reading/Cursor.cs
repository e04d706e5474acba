using System.Globalization;
using System.Text;

namespace Scheduler.Ledger;

/// <summary>The place where a page ended, as a text that callers do not interpret and only send back.</summary>
internal static class Cursor
{
    public static string Of(long place) => Of(Encoding.ASCII.GetBytes(place.ToString(CultureInfo.InvariantCulture)));

    public static string Of(Guid place) => Of(place.ToByteArray(bigEndian: true));

    /// <summary>Parses a cursor. Returns false for a text that is no cursor; null means the beginning.</summary>
    public static bool TryParse(string? text, out long place)
    {
        place = 0;
        return text is null || (Bytes(text) is { } bytes
            && long.TryParse(Encoding.ASCII.GetString(bytes), NumberStyles.None, CultureInfo.InvariantCulture, out place));
    }

    /// <inheritdoc cref="TryParse(string?, out long)"/>
    public static bool TryParse(string? text, out Guid place)
    {
        place = Guid.Empty;
        if (text is null)
            return true;
        if (Bytes(text) is not { Length: 16 } bytes)
            return false;
        place = new(bytes, bigEndian: true);
        return true;
    }

    private static string Of(byte[] place) => Convert.ToBase64String(place).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[]? Bytes(string text)
    {
        if (text.Length > 64)
            return null;
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[64];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}
