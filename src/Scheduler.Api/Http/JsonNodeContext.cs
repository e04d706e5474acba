using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Scheduler.Api;

/// <summary>Source-generated writing of JSON trees: no reflection at start.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class JsonNodeContext : JsonSerializerContext;
