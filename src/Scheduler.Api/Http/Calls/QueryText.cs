using System.Globalization;
using System.Text.Unicode;

namespace Scheduler.Api;

/// <summary>
/// Checks the query string as it was sent. The framework keeps a bad percent-encoding as it stands, so that the server would look for another text than the
/// caller meant.
/// </summary>
internal static class QueryText
{
    private const string Remedy = "must be percent-encoded UTF-8, without NUL";

    /// <summary>Adds a fault for each parameter whose name or value is not percent-encoded UTF-8, or has a NUL.</summary>
    public static void Check(QueryString query, FieldFaults faults)
    {
        if (query.Value?.Contains('%', StringComparison.Ordinal) != true)
            return;
        foreach (var part in query.Value[1..].Split('&'))
        {
            if (!IsText(part))
                faults.Add(Uri.UnescapeDataString(part.Split('=')[0].Replace('+', ' ')), Remedy);
        }
    }

    private static bool IsText(string part)
    {
        var bytes = new byte[part.Length];
        var length = 0;
        for (var index = 0; index < part.Length; index++)
        {
            // The web server refuses an address with a character beyond ASCII, so each other character is one byte.
            var value = (byte)part[index];
            if (value == '%')
            {
                var digits = part.AsSpan(index + 1);
                if (digits.Length < 2 || !byte.TryParse(digits[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
                    return false;
                index += 2;
            }

            bytes[length++] = value;
        }

        return Utf8.IsValid(bytes.AsSpan(0, length)) && !bytes.AsSpan(0, length).Contains((byte)0);
    }
}
