using System.Text.Json.Serialization;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>What the solver answers, file form <c>exam-slot-plan/1</c>. Two runs with the same input, seed and options give the same plan
/// but for the seconds of its stages.</summary>
public sealed record Plan
{
    /// <summary>The format word of the file form.</summary>
    public const string FormatWord = "exam-slot-plan/1";

    /// <summary>Always <see cref="FormatWord"/>.</summary>
    public string Format { get; init; } = FormatWord;

    /// <summary>Name of the instance.</summary>
    public required string Instance { get; init; }

    /// <summary>Seed of the run.</summary>
    public required long Seed { get; init; }

    /// <summary>What is served, what is fixed included; several rows for a request only where it is split.</summary>
    public required IReadOnlyList<Assignment> Assignments { get; init; }

    /// <summary>What is not served, or not in full, and why.</summary>
    public required IReadOnlyList<Unserved> Unserved { get; init; }

    /// <summary>Value, bound and counts.</summary>
    public required PlanObjective Objective { get; init; }

    /// <summary>Slots and limits that hold more than their capacity because of what sits there.</summary>
    public required IReadOnlyList<Shortfall> Shortfall { get; init; }

    /// <summary>Why the solver stopped.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Estimated worth of one more seat per slot, above 0 only.</summary>
    public required IReadOnlyList<ShadowPrice> ShadowPrices { get; init; }

    /// <summary>The prices in full, limits' rows included, for a warm start in memory; null for a plan that was read from a file.</summary>
    internal Multipliers? Multipliers { get; init; }

    /// <summary>The stages in the order they ran.</summary>
    public required IReadOnlyList<StageReport> Stages { get; init; }
}

/// <summary>Seats of a request in one of its candidates.</summary>
/// <param name="Request">Id of the request.</param>
/// <param name="Candidate">Index into its candidates.</param>
/// <param name="Seats">The request's size, or a part of it.</param>
public readonly record struct Assignment(string Request, int Candidate, int Seats);

/// <summary>Seats of a request that the plan does not serve.</summary>
/// <param name="Request">Id of the request.</param>
/// <param name="Seats">Seats left unserved.</param>
/// <param name="Reason">Class of the obstacle.</param>
/// <param name="BlockedBy">The tightest obstacle of each candidate, at most <see cref="SizeLimits.BlockedRows"/>.</param>
public sealed record Unserved(string Request, int Seats, UnservedReason Reason, IReadOnlyList<Blocked> BlockedBy)
{
    /// <summary>The smallest extra capacity that would have served it with everything else left in place: seats in each of the candidate's slots where they are
    /// missing; null without candidates.</summary>
    [JsonIgnore]
    public long? SmallestExtraSeats => BlockedBy.Count == 0 ? null : BlockedBy.Min(row => row.SeatsMissing);
}

/// <summary>Why a request is not served.</summary>
public enum UnservedReason
{
    /// <summary>It has no candidates.</summary>
    NoCandidates,

    /// <summary>No candidate fits even into empty pools.</summary>
    TooBig,

    /// <summary>What sits there or must be served leaves no room.</summary>
    Full,

    /// <summary>The institution's own limit forbids it where the pools have room.</summary>
    Limit,

    /// <summary>It would fit only in place of something worth more.</summary>
    Outbid,

    /// <summary>Its cost is above its value.</summary>
    NotWorthIt,
}

/// <summary>The tightest obstacle of one candidate.</summary>
/// <param name="Pool">The candidate's pool.</param>
/// <param name="Start">Start of the slot.</param>
/// <param name="SeatsMissing">Seats needed there less the room that the plan leaves.</param>
/// <param name="Limit">The institution's limit, when that is what blocks.</param>
public readonly record struct Blocked(string Pool, Instant Start, long SeatsMissing, LimitKind? Limit);

/// <summary>Figures of a plan.</summary>
public sealed record PlanObjective
{
    /// <summary>Σ (value − cost − move cost) over what is served.</summary>
    public required double Value { get; init; }

    /// <summary>Proven: no plan that keeps what sits, relieves shortfalls and serves what is mandatory first is worth more.</summary>
    public required double Bound { get; init; }

    /// <summary>(bound − value) / |bound|, 0 when both are 0.</summary>
    public required double Gap { get; init; }

    /// <summary>Value before some of it was given up for fairness.</summary>
    public required double ValueBeforeSharing { get; init; }

    /// <summary>Gap of <see cref="ValueBeforeSharing"/>.</summary>
    public required double GapBeforeSharing { get; init; }

    /// <summary>Σ seats of the assignments.</summary>
    public required long ServedSeats { get; init; }

    /// <summary>Σ sizes of all requests.</summary>
    public required long RequestedSeats { get; init; }

    /// <summary>Smallest served ratio of an institution with demand that could be served; 1 when there is none.</summary>
    public required double WorstInstitutionRatio { get; init; }

    /// <summary>Σ cost and move cost over what is served.</summary>
    public required double Cost { get; init; }

    /// <summary>Requests that sit elsewhere today.</summary>
    public required int Moves { get; init; }
}

/// <summary>A slot of a pool, or a stretch of time of an institution's limit, that holds more than its capacity.</summary>
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

    /// <summary>Start of the slot, or of the stretch over which the same slots run.</summary>
    public required Instant Start { get; init; }

    /// <summary>Seats above capacity.</summary>
    public required long Seats { get; init; }
}

/// <summary>Why a solve ended.</summary>
public enum StopReason
{
    /// <summary>All counted work is done, or the plan is proven best.</summary>
    Converged,

    /// <summary>The clock cut the work.</summary>
    TimeLimit,

    /// <summary>The caller cut the work.</summary>
    Cancelled,
}

/// <summary>Estimated worth of one more seat in a slot: the multiplier of its capacity row.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Start">Start of the slot.</param>
/// <param name="Price">Value per seat, above 0.</param>
public readonly record struct ShadowPrice(string Pool, Instant Start, double Price);

/// <summary>What one stage did.</summary>
/// <param name="Name">Word of the stage.</param>
/// <param name="Seconds">Wall time it took; the only part of a plan that may differ between two runs.</param>
/// <param name="Value">Value at its end.</param>
/// <param name="Bound">Bound at its end.</param>
public readonly record struct StageReport(string Name, double Seconds, double Value, double Bound);
