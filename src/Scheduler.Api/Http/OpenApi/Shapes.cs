using System.Text.Json.Nodes;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Pieces of JSON Schema from which the document's bodies and answers are put together. Bounds are those of <see cref="Limits"/>, so the document cannot tell others.</summary>
internal static class Shapes
{
    /// <summary>One member of an object.</summary>
    public readonly record struct Member(string Name, JsonObject Shape, bool IsRequired);

    public static Member Must(string name, JsonObject shape) => new(name, shape, true);

    public static Member May(string name, JsonObject shape) => new(name, shape, false);

    /// <summary>An object that is sent to us: members that are not listed are refused by name.</summary>
    public static JsonObject Sent(params Member[] members)
    {
        var shape = Shown(members);
        shape["additionalProperties"] = false;
        return shape;
    }

    /// <summary>An object that we show: more members may come with time.</summary>
    public static JsonObject Shown(params Member[] members)
    {
        var properties = new JsonObject();
        foreach (var member in members)
            properties[member.Name] = member.Shape;
        var shape = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = members.Where(member => member.IsRequired).Select(member => member.Name).ToArray();
        if (required.Length > 0)
            shape["required"] = Texts(required);
        return shape;
    }

    public static JsonObject Line(int most = Limits.TextCharacters) => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = most };

    public static JsonObject Reason() => Line(Limits.ReasonCharacters);

    public static JsonObject Text() => new() { ["type"] = "string" };

    public static JsonObject Id() => new() { ["type"] = "string", ["pattern"] = "^[a-z0-9][a-z0-9_-]{0,63}$" };

    public static JsonObject Uuid() => new() { ["type"] = "string", ["format"] = "uuid" };

    public static JsonObject Instant() => new() { ["type"] = "string", ["format"] = "date-time", ["pattern"] = "Z$", ["examples"] = new JsonArray("2026-12-07T14:00:00Z") };

    public static JsonObject Date() => new() { ["type"] = "string", ["format"] = "date", ["examples"] = new JsonArray("2026-12-07") };

    public static JsonObject Hour() => new() { ["type"] = "string", ["pattern"] = "^([01][0-9]|2[0-4]):00$" };

    public static JsonObject Zone() => new() { ["type"] = "string", ["description"] = "An IANA time zone.", ["examples"] = new JsonArray("America/Toronto") };

    public static JsonObject Whole(int least, int most = int.MaxValue)
    {
        var shape = new JsonObject { ["type"] = "integer", ["minimum"] = least };
        if (most != int.MaxValue)
            shape["maximum"] = most;
        return shape;
    }

    public static JsonObject Share() => new() { ["type"] = "number", ["exclusiveMinimum"] = 0, ["maximum"] = 1 };

    public static JsonObject Flag() => new() { ["type"] = "boolean" };

    public static JsonObject OneOf(params string[] words) => new() { ["type"] = "string", ["enum"] = Texts(words) };

    public static JsonObject ListOf(JsonObject entry, int least = 0, int most = int.MaxValue)
    {
        var shape = new JsonObject { ["type"] = "array", ["items"] = entry };
        if (least > 0)
            shape["minItems"] = least;
        if (most != int.MaxValue)
            shape["maxItems"] = most;
        return shape;
    }

    /// <summary>Any JSON at all.</summary>
    public static JsonObject Anything() => [];

    public static JsonObject To(string schema) => new() { ["$ref"] = $"#/components/schemas/{schema}" };

    /// <summary>The shape, or null.</summary>
    public static JsonObject OrNull(JsonObject shape)
    {
        if (shape["type"] is not JsonValue type)
            return new JsonObject { ["oneOf"] = new JsonArray(shape, new JsonObject { ["type"] = "null" }) };
        shape["type"] = Texts(type.GetValue<string>(), "null");
        if (shape["enum"] is JsonArray words)
            words.Add((JsonNode?)null);
        return shape;
    }

    /// <summary>The shape with what is taken when it is left out.</summary>
    public static JsonObject Otherwise(JsonObject shape, JsonNode value)
    {
        shape["default"] = value;
        return shape;
    }

    public static JsonObject Told(JsonObject shape, string description)
    {
        shape["description"] = description;
        return shape;
    }

    public static JsonArray Texts(params string[] texts) => [.. texts.Select(text => (JsonNode)text)];
}
