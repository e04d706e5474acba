using System.Text.Json;
using System.Text.Json.Serialization;

namespace Scheduler.Solver;

internal sealed class ReasonWord() : JsonStringEnumConverter<UnservedReason>(JsonNamingPolicy.CamelCase, false);
