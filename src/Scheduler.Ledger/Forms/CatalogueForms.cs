namespace Scheduler.Ledger;

/// <summary>
/// Form 1 of a catalogue entry, as JSON: the form's number and exactly one of the other members. The rules of <see cref="SnapshotForm"/> apply.
/// </summary>
internal sealed record CatalogueForm
{
    public const int Current = 1;

    public required int Form { get; init; }

    public PoolForm? Pool { get; init; }

    public CapacityForm? Capacity { get; init; }

    public ExamForm? Exam { get; init; }

    public InstitutionForm? Institution { get; init; }

    public SeasonForm? Season { get; init; }

    public PolicyForm? Policy { get; init; }

    public ApiKeyForm? Key { get; init; }
}

/// <summary>A pool.</summary>
internal sealed record PoolForm
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Zone { get; init; }

    public required string Image { get; init; }

    public string? Retired { get; init; }
}

/// <summary>A pool's templates and exceptions.</summary>
internal sealed record CapacityForm
{
    public required string Pool { get; init; }

    public required WeeklyTemplateForm[] Templates { get; init; }

    public required CapacityExceptionForm[] Exceptions { get; init; }
}

/// <summary>A weekly template.</summary>
internal sealed record WeeklyTemplateForm
{
    public required string From { get; init; }

    public required string To { get; init; }

    public required WeeklyRowForm[] Rows { get; init; }
}

/// <summary>A row of a weekly template; weekdays are 1 for Monday to 7 for Sunday.</summary>
internal sealed record WeeklyRowForm
{
    public required int[] Days { get; init; }

    public required string From { get; init; }

    public required int ToHour { get; init; }

    public required int Seats { get; init; }
}

/// <summary>An exception to the templates.</summary>
internal sealed record CapacityExceptionForm
{
    public required string From { get; init; }

    public required string To { get; init; }

    public required int Seats { get; init; }
}

/// <summary>An exam.</summary>
internal sealed record ExamForm
{
    public required string Id { get; init; }

    public required string Programme { get; init; }

    public required string Name { get; init; }

    public required int Minutes { get; init; }

    public required int CheckInMinutes { get; init; }

    public required int ResetMinutes { get; init; }

    public required string[] Pools { get; init; }

    public required string[] Modes { get; init; }

    public string? Retired { get; init; }
}

/// <summary>An institution's settings.</summary>
internal sealed record InstitutionForm
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Zone { get; init; }

    public string? Board { get; init; }

    public required int LabSeats { get; init; }

    public required int Proctors { get; init; }

    public required string[] Onboarding { get; init; }

    public int? ShortNoticeDays { get; init; }

    public string? Retired { get; init; }
}

/// <summary>A season.</summary>
internal sealed record SeasonForm
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required int LeadTimeDays { get; init; }

    public required decimal FairShare { get; init; }

    public string? CollectUntil { get; init; }

    /// <summary>Left out of a season that never collected requests, and of one that was stored before there were seeds.</summary>
    public string? SeedHash { get; init; }

    public string? Retired { get; init; }
}

/// <summary>The policy.</summary>
internal sealed record PolicyForm
{
    public required int LeadTimeDays { get; init; }

    public required int HorizonDays { get; init; }

    public required int HoldMinutes { get; init; }

    public required int MaxHolds { get; init; }

    public required int MaxHeldSeats { get; init; }

    public required int CancelCutoffDays { get; init; }

    public required string LateCancelVouchers { get; init; }

    public required int FairShareLiftDays { get; init; }

    public required int CandidatesPerProctor { get; init; }

    public required int OverseenSessions { get; init; }

    /// <summary>Null for 2, the rate of a policy that was stored before there were rates.</summary>
    public int? DisplacementPerMille { get; init; }

    /// <summary>Null for 50, the rate of a policy that was stored before there were rates.</summary>
    public int? MovePerMille { get; init; }

    /// <summary>Left out while no plan is made every night.</summary>
    public NightlyPlanForm? NightlyPlan { get; init; }
}

/// <summary>The plan of every night. No pools mean all pools.</summary>
internal sealed record NightlyPlanForm
{
    public required string At { get; init; }

    public required string Zone { get; init; }

    public required string[] Pools { get; init; }

    public required int Days { get; init; }

    public required int TimeLimitSeconds { get; init; }

    public required bool MovesBookings { get; init; }

    public required bool IsApplied { get; init; }
}

/// <summary>An API key, by the hash of its text.</summary>
internal sealed record ApiKeyForm
{
    public required Guid Id { get; init; }

    public required string Hash { get; init; }

    public required string Role { get; init; }

    public string? Institution { get; init; }

    public required string Name { get; init; }

    public required string CreatedAt { get; init; }

    /// <summary>Left out for a key that is no calendar's. An earlier version wrote the owner into the name (<see cref="FeedOwner"/>).</summary>
    public Guid? Owner { get; init; }

    /// <summary>Left out while the key signs its caller in.</summary>
    public string? RevokedAt { get; init; }
}
