namespace Scheduler.Ledger;

/// <summary>
/// A snapshot as JSON: the form's number and exactly one of the other members. The ledger stores the names below, so the names must never change; domain types
/// may be renamed freely. A change of the form that an earlier version could misread needs a new number; a new optional member does not. Form 2 is that of a
/// flexible request: a version that knows only form 1 would take the request for a waitlist entry. Every other snapshot is written in form 1.
/// </summary>
internal sealed record SnapshotForm
{
    public const int First = 1;

    public const int Flexible = 2;

    public required int Form { get; init; }

    public BookingForm? Booking { get; init; }

    public HoldForm? Hold { get; init; }

    public RequestForm? Request { get; init; }

    public PackForm? Pack { get; init; }

    public EntryForm? Entry { get; init; }

    public TemplateForm? Template { get; init; }

    public ExceptionForm? Exception { get; init; }

    public ExceptionsForm? Exceptions { get; init; }

    public PlanForm? Plan { get; init; }

    public AccountForm? Account { get; init; }

    public InvitationForm? Invitation { get; init; }

    public ImportForm? Import { get; init; }

    /// <summary>Only beside a booking or a hold.</summary>
    public DuplicateForm? Duplicate { get; init; }
}

/// <summary>The booking or the hold that a booking or a hold probably repeated.</summary>
internal sealed record DuplicateForm
{
    public Guid? Booking { get; init; }

    public Guid? Hold { get; init; }
}

/// <summary>A sitting. The profile, accommodations and vouchers are written as in the columns of bookings.</summary>
internal sealed record SittingForm
{
    public required string Institution { get; init; }

    public required string Exam { get; init; }

    /// <summary>Null in a form that was stored before sittings had terms.</summary>
    public TermsForm? Terms { get; init; }

    public required string Pool { get; init; }

    public required string Start { get; init; }

    public required int Seats { get; init; }

    public required string Profile { get; init; }

    public required string Mode { get; init; }

    public string? Accommodations { get; init; }

    public string? Reference { get; init; }

    public string? Vouchers { get; init; }

    public string? OverrideReason { get; init; }
}

/// <summary>The terms of a sitting.</summary>
internal sealed record TermsForm
{
    public required string Programme { get; init; }

    public required int Minutes { get; init; }

    public required int CheckInMinutes { get; init; }

    public required int ResetMinutes { get; init; }
}

/// <summary>A booking.</summary>
internal sealed record BookingForm
{
    public required Guid Id { get; init; }

    public required SittingForm Sitting { get; init; }

    public string? Forfeited { get; init; }

    public int? Returned { get; init; }

    public OperatorActForm? OperatorAct { get; init; }

    public required string Status { get; init; }

    public required int Version { get; init; }

    public bool Overseen { get; init; }

    public int? Attended { get; init; }
}

/// <summary>A hold, and the instant of the snapshot.</summary>
internal sealed record HoldForm
{
    public required Guid Id { get; init; }

    public required SittingForm Sitting { get; init; }

    public required string ExpiresAt { get; init; }

    public required string Status { get; init; }

    public Guid? Booking { get; init; }

    public required string At { get; init; }
}

/// <summary>A request, and its position in the queue.</summary>
internal sealed record RequestForm
{
    public required Guid Id { get; init; }

    public required string Institution { get; init; }

    public required string Exam { get; init; }

    public required string Pool { get; init; }

    public required string PreferredStart { get; init; }

    public required int Seats { get; init; }

    public required string Profile { get; init; }

    public required string Mode { get; init; }

    public string? Accommodations { get; init; }

    public required int Weight { get; init; }

    public required long Sequence { get; init; }

    public required string Status { get; init; }

    public Guid? Booking { get; init; }

    public string? PassedOverAt { get; init; }

    public string? PassedOverWhy { get; init; }

    public int? PassedOverFree { get; init; }
    public int? PassedOverTaken { get; init; }

    public required int Version { get; init; }

    public int? Position { get; init; }

    /// <summary>Only of a flexible request (form 2), as in the column.</summary>
    public string? Windows { get; init; }

    public int? MinGroup { get; init; }

    public int? Candidates { get; init; }

    public int? PlacedSeats { get; init; }

    public string? Bookings { get; init; }
}

/// <summary>A pack.</summary>
internal sealed record PackForm
{
    public required Guid Id { get; init; }

    public required string Institution { get; init; }

    public required string Programme { get; init; }

    public required int Quantity { get; init; }

    public required string PurchasedOn { get; init; }

    public required int Taken { get; init; }

    /// <summary>Left out while the pack gives vouchers.</summary>
    public bool? Void { get; init; }
}

/// <summary>An entry of the catalogue and its version.</summary>
internal sealed record EntryForm
{
    public required int Version { get; init; }

    public required CatalogueForm Entry { get; init; }
}

/// <summary>A weekly template that was put, and the shortfalls after a forced change.</summary>
internal sealed record TemplateForm
{
    public required string Pool { get; init; }

    public required WeeklyTemplateForm Template { get; init; }

    public ShortfallForm[]? Shortfalls { get; init; }
}

/// <summary>An exception that was set, and the shortfalls after a forced change. Without seats: exceptions were removed.</summary>
internal sealed record ExceptionForm
{
    public required string Pool { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public int? Seats { get; init; }

    public ShortfallForm[]? Shortfalls { get; init; }
}

/// <summary>Exceptions that a change wrote or brought back, and the version of the capacity after the change.</summary>
internal sealed record ExceptionsForm
{
    public required string Pool { get; init; }

    public required int Version { get; init; }

    public required CapacityExceptionForm[] Exceptions { get; init; }

    public ShortfallForm[]? Shortfalls { get; init; }
}
