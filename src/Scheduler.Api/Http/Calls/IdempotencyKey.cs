using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>R13: the key of a call, and the hash of its content. A repeat has the same hash; a call with other content has another hash.</summary>
internal static class IdempotencyKey
{
    private static readonly JsonWriterOptions _writing = new() { SkipValidation = true };

    /// <summary>The key in the header; null without the header. A malformed key is a fault.</summary>
    public static string? Read(HttpRequest request, FieldFaults faults)
    {
        if (!request.Headers.TryGetValue("Idempotency-Key", out var header))
            return null;
        if (header is [{ } key] && key.Length is > 0 and <= Limits.IdempotencyKeyCharacters && !key.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return key;
        faults.Add("Idempotency-Key", $"must be 1 to {Limits.IdempotencyKeyCharacters} visible ASCII characters");
        return null;
    }

    /// <summary>
    /// SHA-256 over method, path with query, and the body in canonical form: members sorted by name, without white space. So the same content in another order
    /// is still a repeat. When a body is not a JSON object, or has text that is not Unicode, the bytes of the body are hashed.
    /// </summary>
    public static string Hash(HttpRequest request, byte[] bytes, JsonElement? body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        if (body is { } element && !element.HasBrokenText())
        {
            var canonical = new ArrayBufferWriter<byte>(256);
            using (var writer = new Utf8JsonWriter(canonical, _writing))
                Write(writer, element);
            hash.AppendData(canonical.WrittenSpan);
        }
        else
        {
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var entry in element.EnumerateArray())
                    Write(writer, entry);
                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
