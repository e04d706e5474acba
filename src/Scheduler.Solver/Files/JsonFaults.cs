using System.Globalization;
using System.Text.Json;

namespace Scheduler.Solver;

/// <summary>Sentences about a document that is not JSON.</summary>
internal static class JsonFaults
{
    /// <summary>The parser's sentence, with lines and bytes counted from 1 instead of 0.</summary>
    public static string NotJson(JsonException fault)
    {
        var text = fault.Message;
        var end = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"this is not JSON, line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}: {(end < 0 ? text : text[..end])}");
    }

    /// <summary>Replaces control characters, so that a fault is one line.</summary>
    public static string OneLine(string name) => string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));
}
