using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Scheduler.Api;

/// <summary>The rule for one JSON value of a body: a closed list of kinds, chosen by the type and the attributes of the property.</summary>
internal abstract class ValueRule
{
    private ValueRule()
    {
    }

    /// <summary>Adds the faults of a value that is not null.</summary>
    public abstract void Check(JsonElement value, string path, in BodyCheck check);

    /// <summary>The rule that a property declares.</summary>
    public static ValueRule Of(JsonPropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (property.Has<IgnoredAttribute>())
            return new Anything();
        if (property.Has<IdOfPathAttribute>())
            return new IdOfPath();
        if (property.Find<PlainTextAttribute>() is { } text)
            return new Plain(text.MaxLength, text.HasLines);
        if (property.Find<RangeAttribute>() is { } range)
            return new Whole(Convert.ToInt32(range.Minimum, CultureInfo.InvariantCulture), Convert.ToInt32(range.Maximum, CultureInfo.InvariantCulture));
        if (property.Has<ShareAttribute>())
            return new Share();
        if (type == typeof(bool))
            return new Flag();
        if (property.Has<FileBytesAttribute>())
            return new FileBytes();
        if (type.IsArray)
            return new List(OfEntry(type.GetElementType()!, property), property.Find<MaxLengthAttribute>()!.Length);
        return OfEntry(type, property);
    }

    private static ValueRule OfEntry(Type type, JsonPropertyInfo property) =>
        TextForms.ByType.TryGetValue(type, out var form) ? new Formed(form) : new Nested(BodyShape.Of(property.Options.GetTypeInfo(type)));

    private static string? Text(JsonElement value, string path, FieldFaults faults)
    {
        if (value.ValueKind == JsonValueKind.String && value.TextOrNull() is { } text)
            return text;
        faults.Add(path, value.ValueKind == JsonValueKind.String ? "must be Unicode text; a surrogate has no other half" : "must be a text");
        return null;
    }

    private sealed class Anything : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            // The server ignores such a value, so every value passes.
        }
    }

    private sealed class IdOfPath : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            // With a malformed id in the path there is nothing to compare. The path has the fault then, and the right field none.
            if (check.PathId is not null && Text(value, path, check.Faults) is { } text && text != check.PathId)
                check.Faults.Add(path, $"must be the id in the path, {check.PathId}, or left out");
        }
    }

    private sealed class Plain(int maxLength, bool hasLines) : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            if (Text(value, path, check.Faults) is { } text && !PlainText.IsGood(text, maxLength, hasLines, out var remedy))
                check.Faults.Add(path, remedy);
        }
    }

    private sealed class Formed(TextForm form) : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            if (Text(value, path, check.Faults) is { } text && !form.Accepts(text, out var remedy))
                check.Faults.Add(path, remedy);
        }
    }

    private sealed class FileBytes : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            if (Text(value, path, check.Faults) is { } text && (text.Length == 0 || !Base64.IsValid(text)))
                check.Faults.Add(path, "must be the bytes of a file as base64, at least one");
        }
    }

    private sealed class Whole(int least, int most) : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out var number) || number < least || number > most)
                check.Faults.Add(path, $"must be a whole number from {least} to {most}");
        }
    }

    private sealed class Share : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetDecimal(out var share) || share is <= 0 or > 1 || share.Scale > 9)
                check.Faults.Add(path, "must be a number above 0 and at most 1, with at most 9 decimals");
        }
    }

    private sealed class Flag : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                check.Faults.Add(path, "must be true or false");
        }
    }

    private sealed class Nested(BodyShape shape) : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            if (value.ValueKind == JsonValueKind.Object)
                shape.Check(value, path, check);
            else
                check.Faults.Add(path, "must be an object");
        }
    }

    private sealed class List(ValueRule entry, int maxLength) : ValueRule
    {
        public override void Check(JsonElement value, string path, in BodyCheck check)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                check.Faults.Add(path, "must be an array");
                return;
            }

            var length = value.GetArrayLength();
            if (length > maxLength)
            {
                check.Faults.Add(path, $"must have at most {maxLength} entries; there are {length}");
                return;
            }

            var index = 0;
            foreach (var one in value.EnumerateArray())
                entry.Check(one, $"{path}[{index++}]", check);
        }
    }
}
