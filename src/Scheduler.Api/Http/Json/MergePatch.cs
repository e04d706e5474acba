using System.Buffers;
using System.Text.Json;

namespace Scheduler.Api;

/// <summary>
/// A JSON merge patch (RFC 7396) as it was sent: a member replaces the member of the same name, objects are merged member by member, null removes a member, and
/// a member that is left out stays. The result is checked as the body of a PUT.
/// </summary>
internal sealed record MergePatch([property: Ignored] JsonElement Members)
{
    private static readonly JsonWriterOptions _writing = new() { SkipValidation = true };

    /// <summary>Reads a patch, and adds a fault for every member that is given twice: of two values, the result could show only one.</summary>
    public static MergePatch Read(JsonElement members, FieldFaults faults)
    {
        AddDoubled(members, "", faults);
        return new(members.Clone());
    }

    /// <summary>The members of <paramref name="target"/> after the patch. Texts and numbers of the patch stay as they were written.</summary>
    public JsonElement ApplyTo(JsonElement target)
    {
        var result = new ArrayBufferWriter<byte>(1_024);
        using (var writer = new Utf8JsonWriter(result, _writing))
            Write(writer, target, Members);
        using var document = JsonDocument.Parse(result.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement? target, JsonElement patch)
    {
        if (patch.ValueKind != JsonValueKind.Object)
        {
            writer.WriteRawValue(patch.GetRawText(), skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        if (target is { ValueKind: JsonValueKind.Object } members)
        {
            foreach (var member in members.EnumerateObject())
            {
                if (!patch.TryGetProperty(member.Name, out _))
                    member.WriteTo(writer);
            }
        }

        foreach (var member in patch.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
                continue;
            writer.WritePropertyName(member.Name);
            Write(writer, MemberOf(target, member.Name), member.Value);
        }

        writer.WriteEndObject();
    }

    private static JsonElement? MemberOf(JsonElement? target, string name) =>
        target is { ValueKind: JsonValueKind.Object } members && members.TryGetProperty(name, out var member) ? member : null;

    private static void AddDoubled(JsonElement element, string path, FieldFaults faults)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            if (member.NameOrNull() is not { } name)
            {
                faults.Add(path.Length == 0 ? "body" : path, "has a member whose name is not Unicode text");
                continue;
            }

            var place = BodyShape.Join(path, name);
            if (!seen.Add(name))
                faults.Add(place, "is given twice; give it once");
            AddDoubled(member.Value, place, faults);
        }
    }
}
