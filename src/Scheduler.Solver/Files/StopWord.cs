using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Solver;

internal sealed class StopWord() : JsonStringEnumConverter<StopReason>(JsonNamingPolicy.CamelCase, false);
