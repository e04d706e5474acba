namespace Scheduler.Ledger;

/// <summary>Form 1 of the result of a plan, as JSON. The rules of <see cref="SnapshotForm"/> apply.</summary>
internal sealed record PlanResultForm
{
    public const int Current = 1;

    public required int Form { get; init; }

    public required long ServedSeats { get; init; }

    public required long RequestedSeats { get; init; }

    public required double Value { get; init; }

    public required double Bound { get; init; }

    public required double Gap { get; init; }

    public required double WorstInstitutionRatio { get; init; }

    public required double MeanDisplacementHours { get; init; }

    public required bool IsCutShort { get; init; }

    public bool? AreReceiptsCutShort { get; init; }

    public required PlannedPlacementForm[] Placements { get; init; }

    public required PlannedMoveForm[] Moves { get; init; }

    public required UnservedRequestForm[] Unserved { get; init; }

    public required SchoolFiguresForm[] Schools { get; init; }

    public PlanDayForm[]? Days { get; init; }

    public double? MostDisplacementHours { get; init; }

    public PlanHoursForm[]? Hours { get; init; }
}

/// <summary>The slots of a pool before and after a plan: one entry of each list for each slot.</summary>
internal sealed record PlanHoursForm
{
    public required string Pool { get; init; }

    /// <summary>Minutes since 1970 UTC.</summary>
    public required int[] Starts { get; init; }

    public required int[] Capacity { get; init; }

    public required int[] Taken { get; init; }

    public required int[] After { get; init; }

    public required int[] Asked { get; init; }
}

/// <summary>The load of a pool on a day.</summary>
internal sealed record PlanDayForm
{
    public required string Pool { get; init; }

    public required string Day { get; init; }

    public required long Capacity { get; init; }

    public required long Taken { get; init; }
}

/// <summary>A placement of a plan.</summary>
internal sealed record PlannedPlacementForm
{
    public required Guid Request { get; init; }

    public required string Institution { get; init; }

    public required string Pool { get; init; }

    public required string Start { get; init; }

    public required int Seats { get; init; }
}

/// <summary>A move of a plan.</summary>
internal sealed record PlannedMoveForm
{
    public required Guid Booking { get; init; }

    public required string Institution { get; init; }

    public required string Pool { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required int Seats { get; init; }

    public string? Exam { get; init; }
}

/// <summary>A request that a plan does not serve in full.</summary>
internal sealed record UnservedRequestForm
{
    public required Guid Request { get; init; }

    public required string Institution { get; init; }

    public required int Seats { get; init; }

    public required string Reason { get; init; }

    public required PlanBlockForm[] BlockedBy { get; init; }

    public PlanReceiptForm? Receipt { get; init; }

    public int? VouchersShort { get; init; }

    public string? Exam { get; init; }
}

/// <summary>The figures of one school in a plan.</summary>
internal sealed record SchoolFiguresForm
{
    public required string Institution { get; init; }

    public required int Requested { get; init; }

    public required int Servable { get; init; }

    public required int ServedBefore { get; init; }

    public required int Served { get; init; }

    public required int Moves { get; init; }
}
