using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Solver;

/// <summary>Writes and reads plans, and writes instances, streaming, by source-generated code.</summary>
public static class PlanFile
{
    /// <summary>Writes a plan in the form <c>exam-slot-plan/1</c>.</summary>
    /// <param name="plan">A checked plan.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="cancel">Ends the writing.</param>
    public static Task Write(Plan plan, Stream stream, CancellationToken cancel = default) =>
        JsonSerializer.SerializeAsync(stream, plan, FileJson.Default.Plan, cancel);

    /// <summary>Reads a plan, for a warm start or a check.</summary>
    /// <param name="stream">UTF-8 JSON.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <exception cref="JsonException">The file is not a plan; the message names the path.</exception>
    public static async Task<Plan> Read(Stream stream, CancellationToken cancel = default)
    {
        var plan = await JsonSerializer.DeserializeAsync(stream, FileJson.Default.Plan, cancel);
        return plan is { Format: Plan.FormatWord } ? plan : throw new JsonException($"$.format: \"{Plan.FormatWord}\" expected");
    }

    /// <summary>Writes an instance in the form <c>exam-slot-instance/1</c>.</summary>
    /// <param name="instance">Any instance.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="cancel">Ends the writing.</param>
    public static Task WriteInstance(Instance instance, Stream stream, CancellationToken cancel = default) =>
        JsonSerializer.SerializeAsync(stream, new InstanceDocument(Instance.FormatWord, instance.Name, instance.SlotMinutes, instance.FairnessSlack,
            instance.Pools, instance.Institutions, instance.Requests), FileJson.Default.InstanceDocument, cancel);
}

/// <summary>An instance with its format word in front, as the file has it.</summary>
internal sealed record InstanceDocument(string Format, string Name, int SlotMinutes, double FairnessSlack,
    IReadOnlyList<Pool> Pools, IReadOnlyList<Institution> Institutions, IReadOnlyList<Request> Requests);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    DefaultBufferSize = 1 << 20,
    Converters = [typeof(InstantText), typeof(LimitWord), typeof(ReasonWord), typeof(StopWord)])]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(InstanceDocument))]
internal sealed partial class FileJson : JsonSerializerContext;

/// <summary>Instants as ISO 8601 in UTC.</summary>
internal sealed class InstantText : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        InstantPattern.ExtendedIso.Parse(reader.GetString() ?? "").TryGetValue(default, out var instant) ? instant : throw new JsonException("not an instant");

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(InstantPattern.ExtendedIso.Format(value));
}

internal sealed class LimitWord() : JsonStringEnumConverter<LimitKind>(JsonNamingPolicy.CamelCase, false);

internal sealed class ReasonWord() : JsonStringEnumConverter<UnservedReason>(JsonNamingPolicy.CamelCase, false);

internal sealed class StopWord() : JsonStringEnumConverter<StopReason>(JsonNamingPolicy.CamelCase, false);
