using System.Globalization;
using System.Text;

namespace Scheduler.Ledger;

/// <summary>The few words in which the two databases' queries differ.</summary>
internal sealed record Dialect(bool IsPostgres)
{
    /// <summary>The order of the record: by sequence, never by a clock. With several committers a position stands for it that never falls, whatever the clocks do.</summary>
    public string Position(string table) => IsPostgres ? $"{table}.position" : $"{table}.sequence";

    /// <summary>A condition that a column is one of a set; its parameter comes from <see cref="Set(IEnumerable{int})"/> or the like.</summary>
    public string In(string column, string parameter) =>
        IsPostgres ? $"{column} = any(@{parameter})" : $"{column} in (select value from json_each(@{parameter}))";

    public object Set(IEnumerable<int> values) =>
        IsPostgres ? values.ToArray() : $"[{string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)))}]";

    // Slugs and UUIDs need no escape in JSON.
    public object Set(IEnumerable<string> values) => IsPostgres ? values.ToArray() : $"[{string.Join(',', values.Select(value => $"\"{value}\""))}]";
}

/// <summary>The place where a page ended, as text that callers only hand back.</summary>
internal static class Cursor
{
    public static string Of(long place) => Convert.ToBase64String(Encoding.ASCII.GetBytes(place.ToString(CultureInfo.InvariantCulture))).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string Of(Guid place) => Convert.ToBase64String(place.ToByteArray(bigEndian: true)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>False for text that no page ended with; null is the beginning.</summary>
    public static bool TryParse(string? text, out long place)
    {
        place = 0;
        return text is null || (Bytes(text) is { } bytes && long.TryParse(Encoding.ASCII.GetString(bytes), NumberStyles.None, CultureInfo.InvariantCulture, out place));
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

    private static byte[]? Bytes(string text)
    {
        if (text.Length > 64)
            return null;
        var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[64];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}

/// <summary>Instants of callers against starts in whole minutes: start ≥ instant, and start &lt; instant, both mean its minutes rounded up.</summary>
internal static class Bound
{
    public static long Minutes(NodaTime.Instant instant) => (long)Math.Ceiling(instant.ToUnixTimeTicks() / (60.0 * NodaTime.NodaConstants.TicksPerSecond));
}
