using NodaTime;

namespace Scheduler.Solver;

/// <summary>A season as the solver sees it: pools of seats per slot, institutions with limits, and requests with their candidates.
/// The file form is <c>exam-slot-instance/1</c>.</summary>
public sealed record Instance
{
    /// <summary>The format word of the file form.</summary>
    public const string FormatWord = "exam-slot-instance/1";

    /// <summary>What the plan calls this instance.</summary>
    public string Name { get; init; } = "";

    /// <summary>Length of every slot of every pool, in minutes; at least 1.</summary>
    public required int SlotMinutes { get; init; }

    /// <summary>Share of the best value that may be given up for fairness; 0 switches sharing off.</summary>
    public double FairnessSlack { get; init; } = 0.005;

    /// <summary>The pools, ids unique.</summary>
    public required IReadOnlyList<Pool> Pools { get; init; }

    /// <summary>The institutions, ids unique.</summary>
    public required IReadOnlyList<Institution> Institutions { get; init; }

    /// <summary>The requests, ids unique.</summary>
    public required IReadOnlyList<Request> Requests { get; init; }
}

/// <summary>Interchangeable machines. In a slot that is not listed the capacity is 0.</summary>
/// <param name="Id">Unique among pools.</param>
/// <param name="Slots">Starts differ by whole multiples of the slot's length.</param>
public sealed record Pool(string Id, IReadOnlyList<PoolSlot> Slots);

/// <summary>Seats offered in one slot.</summary>
/// <param name="Start">When the slot begins.</param>
/// <param name="Capacity">Seats, 0 or more.</param>
public readonly record struct PoolSlot(Instant Start, int Capacity);

/// <summary>Where requests come from; its limits hold at every instant, over all pools.</summary>
/// <param name="Id">Unique among institutions.</param>
/// <param name="Limits">At most one of each kind; a kind that is not listed is not limited.</param>
public sealed record Institution(string Id, IReadOnlyList<InstitutionLimit> Limits);

/// <summary>Seats that an institution can have running at once, of one kind.</summary>
/// <param name="Kind">Which requests count against it.</param>
/// <param name="Capacity">Seats, 0 or more.</param>
public readonly record struct InstitutionLimit(LimitKind Kind, int Capacity);

/// <summary>The kinds of limits an institution has.</summary>
public enum LimitKind
{
    /// <summary>Machines of its own lab, <c>lab</c>.</summary>
    Lab,

    /// <summary>Candidates its proctors can supervise, <c>proctors</c>.</summary>
    Proctors,
}

/// <summary>Flexible demand: served by at most one of its candidates, or by parts over several where <see cref="MinGroup"/> allows.</summary>
public sealed record Request
{
    /// <summary>Unique among requests.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the institution that asks.</summary>
    public required string Institution { get; init; }

    /// <summary>What serving the whole of it is worth.</summary>
    public required double Value { get; init; }

    /// <summary>True when nothing that is not mandatory may take its place.</summary>
    public bool Mandatory { get; init; }

    /// <summary>Which of the institution's limits it counts against; null for none.</summary>
    public LimitKind? Limit { get; init; }

    /// <summary>Null for a request that stays whole, else the smallest part in seats; at least 1.</summary>
    public int? MinGroup { get; init; }

    /// <summary>Where it sits today; null when it is new.</summary>
    public CurrentPlace? Current { get; init; }

    /// <summary>The ways to serve it.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }
}

/// <summary>Where a request sits today. What sits is never dropped.</summary>
/// <param name="Candidate">Index into the request's candidates.</param>
/// <param name="Movable">False for one that stays exactly there.</param>
/// <param name="MoveCost">What moving the whole of it elsewhere costs.</param>
public sealed record CurrentPlace(int Candidate, bool Movable, double MoveCost);

/// <summary>One way to serve a request.</summary>
/// <param name="Pool">Id of the pool.</param>
/// <param name="Start">Start of its first slot, on the pool's grid.</param>
/// <param name="Seats">Seats taken in each successive slot, 0 or more each; any length.</param>
/// <param name="Cost">What is lost against the ideal by serving it so.</param>
public readonly record struct Candidate(string Pool, Instant Start, IReadOnlyList<int> Seats, double Cost);
