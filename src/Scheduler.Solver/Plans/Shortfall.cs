using System.Text.Json.Serialization;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>A slot of a pool, or an interval of an institution's limit, with more seats than capacity.</summary>
public sealed record Shortfall
{
    /// <summary>The pool; null for an institution's limit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pool { get; init; }

    /// <summary>The institution; null for a pool.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Institution { get; init; }

    /// <summary>Kind of the limit; null for a pool.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LimitKind? Limit { get; init; }

    /// <summary>Start of the slot, or of the interval in which the same slots run.</summary>
    public required Instant Start { get; init; }

    /// <summary>Seats above capacity.</summary>
    public required long Seats { get; init; }
}
