using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Solver;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    UseStringEnumConverter = true,
    DefaultBufferSize = 1 << 20,
    Converters = [typeof(InstantText), typeof(LimitWord), typeof(ReasonWord), typeof(StopWord)])]
[JsonSerializable(typeof(Plan))]
[JsonSerializable(typeof(InstanceDocument))]
[JsonSerializable(typeof(Advice))]
[JsonSerializable(typeof(CapacityChange[]))]
internal sealed partial class FileJson : JsonSerializerContext;
