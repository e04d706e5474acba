namespace Scheduler.Domain;

/// <summary>Every bound on sizes, counts and rates. Each is used, documented and hit by a test.</summary>
public static class Limits
{
    /// <summary>Bytes of a request's body.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>Bytes of a body that is too large which are still read away, so that its sender hears the answer; past it the connection is closed.</summary>
    public const int DiscardedBytes = 8 * 1024 * 1024;

    /// <summary>Levels of nesting in a JSON body.</summary>
    public const int JsonDepth = 16;

    /// <summary>Candidates of one booking, and seats of one slot.</summary>
    public const int Seats = 100_000;

    /// <summary>Groups of accommodations in one booking.</summary>
    public const int Accommodations = 20;

    /// <summary>Highest extra time, in per cent.</summary>
    public const int ExtraTimePercent = 300;

    /// <summary>Minutes of an exam.</summary>
    public const int ExamMinutes = 600;

    /// <summary>Minutes of check-in, and of reset.</summary>
    public const int MarginMinutes = 240;

    /// <summary>Characters of names and references.</summary>
    public const int TextCharacters = 200;

    /// <summary>Characters of a written reason.</summary>
    public const int ReasonCharacters = 1_000;

    /// <summary>Characters of an idempotency key.</summary>
    public const int IdempotencyKeyCharacters = 200;

    /// <summary>Days for which an idempotency key is kept (R13).</summary>
    public const int IdempotencyKeyDays = 7;

    /// <summary>Days of one availability answer.</summary>
    public const int AvailabilityDays = 35;

    /// <summary>Days between the ends of one capacity change, template or season.</summary>
    public const int CapacityDays = 800;

    /// <summary>Rows of a weekly template.</summary>
    public const int TemplateRows = 100;

    /// <summary>Entries of one page of a list.</summary>
    public const int PageSize = 500;

    /// <summary>Entries of one page of a list when the caller names none.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>Alternatives in a refusal.</summary>
    public const int Alternatives = 5;

    /// <summary>Days on either side within which alternatives are sought.</summary>
    public const int AlternativeDays = 7;

    /// <summary>Vouchers of one pack.</summary>
    public const int PackQuantity = 1_000_000;

    /// <summary>Trained proctors, and workstations, of one institution.</summary>
    public const int Supervision = 100_000;

    /// <summary>Highest weight of a request.</summary>
    public const int Weight = 1_000;

    /// <summary>Entries that wait in one institution's queue.</summary>
    public const int QueuedRequests = 1_000;

    /// <summary>Changes that share one transaction.</summary>
    public const int BatchChanges = 512;

    /// <summary>Changes that wait for the committer before callers are told to come back (429).</summary>
    public const int WaitingChanges = 8_192;

    /// <summary>Days ahead that a policy may open, and days of notice it may ask for.</summary>
    public const int PolicyDays = 3_650;

    /// <summary>Minutes that a policy may let a hold live.</summary>
    public const int HoldMinutes = 1_440;

    /// <summary>Live holds of one institution that a policy may allow.</summary>
    public const int Holds = 1_000;

    /// <summary>Candidates online that a policy may let one proctor look after.</summary>
    public const int CandidatesPerProctor = 1_000;

    /// <summary>First online sessions of an institution that a policy may have overseen.</summary>
    public const int OverseenSessions = 1_000;

    /// <summary>Days of short notice that an institution may opt in to.</summary>
    public const int ShortNoticeDays = 365;

    /// <summary>Pools that one exam may name.</summary>
    public const int ExamPools = 100;

    /// <summary>Calls that are being answered at once; past it callers are told to come back (429).</summary>
    public const int CallsAtOnce = 4_096;
}
