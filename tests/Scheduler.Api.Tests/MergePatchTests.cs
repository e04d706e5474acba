using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Scheduler.Api;
using Shouldly;
using Xunit;

namespace Scheduler.Tests;

/// <summary>A merge patch does what RFC 7396 says.</summary>
public sealed class MergePatchTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", "{}")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("{}", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":"é"}""", """{"b":"\u00e9\ud83d\ude00","c":1e400}""", """{"a":"é","b":"\u00e9\ud83d\ude00","c":1e400}""")]
    public void The_patch_gives_the_result(string target, string patch, string expected) => Text(Merged(target, patch)).ShouldBe(Text(Parse(expected)));

    [Property(MaxTest = 500)]
    public Property Every_patch_does_what_the_definition_does() => Prop.ForAll(Arb.From(Objects(3)), Arb.From(Objects(3)), (target, patch) =>
    {
        var merged = Merged(target, patch);
        Text(merged).ShouldBe(Text(Parse(Defined(JsonNode.Parse(target), JsonNode.Parse(patch))!.ToJsonString())));
        Text(Merged(merged.GetRawText(), patch)).ShouldBe(Text(merged), "a patch that is merged twice changes nothing more");
    });

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a")]
    [InlineData("""{"a":null,"a":2}""", "a")]
    [InlineData("""{"a":{"b":1,"b":null}}""", "a.b")]
    [InlineData("""{"\ud800":1}""", "body")]
    public void A_member_that_is_given_twice_is_named(string patch, string field)
    {
        var faults = new FieldFaults();
        MergePatch.Read(Parse(patch), faults);
        faults.ByField().Select(fault => fault.Key).ShouldBe([field]);
    }

    /// <summary>The definition of RFC 7396, section 2, on another representation of JSON.</summary>
    private static JsonNode? Defined(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject members)
            return patch?.DeepClone();
        var result = target is JsonObject known ? known.DeepClone().AsObject() : new JsonObject();
        foreach (var (name, value) in members)
        {
            var before = result[name];
            result.Remove(name);
            if (value is not null)
                result[name] = Defined(before, value);
        }

        return result;
    }

    private static Gen<string> Objects(int depth) =>
        from names in Gen.SubListOf("a", "b", "c", "d e")
        from values in Values(depth).ArrayOf(4)
        select $"{{{string.Join(',', names.Select((name, index) => $"\"{name}\":{values[index]}"))}}}";

    private static Gen<string> Values(int depth)
    {
        var plain = Gen.Elements("null", "1", "-2.5", "true", "\"x\"", "\"\\u00e9\"", "[]", "[null,{\"a\":null}]");
        return depth == 0 ? plain : Gen.Frequency((3, plain), (2, Objects(depth - 1)));
    }

    private static JsonElement Merged(string target, string patch)
    {
        var faults = new FieldFaults();
        var read = MergePatch.Read(Parse(patch), faults);
        faults.Any.ShouldBeFalse();
        return read.ApplyTo(Parse(target));
    }

    private static JsonElement Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    /// <summary>The value with its members in order.</summary>
    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)
            .Select(member => $"{member.Name}:{Text(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(Text))}]",
        JsonValueKind.String => $"'{value.GetString()}'",
        _ => value.GetRawText(),
    };
}
