using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>JSON as the contract writes it: camelCase, instants with Z, local dates, enum words in lower case. Written by hand, since every booking passes here.</summary>
public static class JsonText
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>One JSON object as UTF-8.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, _options))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>One page of a list: <c>{ "items": […], "next": … }</c>.</summary>
    public static byte[] Page<T>(IEnumerable<T> entries, string? next, Action<Utf8JsonWriter, T> members) => Object(writer =>
    {
        writer.WriteStartArray("items");
        foreach (var entry in entries)
        {
            writer.WriteStartObject();
            members(writer, entry);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("next", next);
    });

    /// <summary>An instant such as <c>2026-12-07T14:00:00Z</c>, with a fraction only where it has one.</summary>
    public static string Text(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    /// <summary>A local date such as <c>2026-12-07</c>.</summary>
    public static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);

    /// <summary>Lab or online.</summary>
    public static string Text(DeliveryMode mode) => mode == DeliveryMode.Lab ? "lab" : "online";

    internal static void Write(this Utf8JsonWriter writer, string name, Instant instant) => writer.WriteString(name, Text(instant));

    internal static void Write(this Utf8JsonWriter writer, string name, LocalDate date) => writer.WriteString(name, Text(date));

    internal static void Write(this Utf8JsonWriter writer, string name, IEnumerable<int> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    internal static void Write(this Utf8JsonWriter writer, string name, IEnumerable<string> texts)
    {
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    internal static void WriteOrNull(this Utf8JsonWriter writer, string name, int? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
        else
            writer.WriteNull(name);
    }
}
