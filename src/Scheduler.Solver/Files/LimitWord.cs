using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Solver;

internal sealed class LimitWord() : JsonStringEnumConverter<LimitKind>(JsonNamingPolicy.CamelCase, false);
