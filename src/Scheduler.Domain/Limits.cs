namespace Scheduler.Domain;

/// <summary>All limits on sizes, counts and rates. Each limit is used, documented and reached by a test.</summary>
public static class Limits
{
    /// <summary>Bytes of a call's body.</summary>
    public const int BodyBytes = 256 * 1024;

    /// <summary>
    /// Bytes of a too large body that the server still reads and discards, so that the sender can receive the answer. After this many bytes the server closes
    /// the connection.
    /// </summary>
    public const int DiscardedBytes = 8 * 1024 * 1024;

    /// <summary>Bytes of a call's request line: the method, the address and the HTTP version.</summary>
    public const int RequestLineBytes = 8 * 1024;

    /// <summary>Bytes of a call's headers together.</summary>
    public const int HeaderBytes = 32 * 1024;

    /// <summary>Headers of a call.</summary>
    public const int HeaderCount = 100;

    /// <summary>Seconds within which the headers of a call must arrive.</summary>
    public const int HeaderSeconds = 30;

    /// <summary>Bytes of a call's body that must arrive in each second on average, after the first <see cref="BodyGraceSeconds"/>.</summary>
    public const int BodyBytesPerSecond = 240;

    /// <summary>Seconds at the start of a body in which the body may arrive as slowly as it likes.</summary>
    public const int BodyGraceSeconds = 5;

    /// <summary>Slots of the longest block: the longest exam with the most extra time, check-in and reset (R5).</summary>
    public const int BlockSlots = ((ExamMinutes * (100 + ExtraTimePercent) / 100) + (2 * MarginMinutes)) / 60;

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

    /// <summary>Entries of one page of a list when the caller names no page size.</summary>
    public const int DefaultPageSize = 100;

    /// <summary>Alternatives in a refusal.</summary>
    public const int Alternatives = 5;

    /// <summary>Days before and after the wanted start in which the engine looks for alternatives.</summary>
    public const int AlternativeDays = 7;

    /// <summary>Bookings, and holds, that one refusal names. The refusal says how many there are in all.</summary>
    public const int NamedInRefusal = 1_000;

    /// <summary>Vouchers of one pack.</summary>
    public const int PackQuantity = 1_000_000;

    /// <summary>Days from today to the last day that a pack can have: the year of a pack, bought for the last day of the greatest horizon.</summary>
    public const int PackDays = 366 + PolicyDays;

    /// <summary>Trained proctors, and workstations, of one institution.</summary>
    public const int Supervision = 100_000;

    /// <summary>Highest weight of a request.</summary>
    public const int Weight = 1_000;

    /// <summary>Rows of one series that a page books.</summary>
    public const int SeriesRows = 40;

    /// <summary>Events after which a stream of counts may be asked to end.</summary>
    public const int CountsEvents = 1_000;

    /// <summary>Windows of one flexible request.</summary>
    public const int RequestWindows = 20;

    /// <summary>Days of one window of a flexible request, both ends included.</summary>
    public const int WindowDays = 366;

    /// <summary>Entries that wait in one institution's queue.</summary>
    public const int QueuedRequests = 1_000;

    /// <summary>Groups of entries that the application of a plan tries, to find entries that only fit together.</summary>
    public const int PlanGroupsTried = 500;

    /// <summary>Entries of a plan that one transaction applies. Only entries that fit together alone may be more.</summary>
    public const int PlanEntriesAtOnce = 200;

    /// <summary>Changes that share one transaction.</summary>
    public const int BatchChanges = 512;

    /// <summary>Changes that may wait for the committer. Further callers are refused and try again later.</summary>
    public const int WaitingChanges = 8_192;

    /// <summary>Reads that may wait for the ledger. Further callers are refused and try again later.</summary>
    public const int WaitingReads = 4_096;

    /// <summary>Idempotency keys that an institution's queue keeps in memory: the newest keys. The queue looks up older keys in the ledger.</summary>
    public const int KeysInMemory = 10_000;

    /// <summary>Largest horizon and largest lead time that a policy may set, in days.</summary>
    public const int PolicyDays = 3_650;

    /// <summary>Longest life of a hold that a policy may set, in minutes.</summary>
    public const int HoldMinutes = 1_440;

    /// <summary>Days for which the list of an institution's holds shows a hold that has ended, counted from the making of the hold.</summary>
    public const int HoldListDays = 7;

    /// <summary>Live holds of one institution that a policy may allow.</summary>
    public const int Holds = 1_000;

    /// <summary>Largest number of online candidates per proctor that a policy may set.</summary>
    public const int CandidatesPerProctor = 1_000;

    /// <summary>Largest number of first online sessions per institution that a policy may mark as overseen.</summary>
    public const int OverseenSessions = 1_000;

    /// <summary>Greatest rate of a policy for displacement and for moves, in thousandths of the worth of one candidate.</summary>
    public const int RatePerMille = 1_000;

    /// <summary>Days of short notice that an institution may opt in to.</summary>
    public const int ShortNoticeDays = 365;

    /// <summary>Pools that one exam may name.</summary>
    public const int ExamPools = 100;

    /// <summary>Bookings, holds, requests and schools that a dry run or <c>in_use</c> names, of each kind. Their counts are exact.</summary>
    public const int NamedTouches = 1_000;

    /// <summary>Calls that the server handles at the same time. Further callers are refused and try again later.</summary>
    public const int CallsAtOnce = 4_096;

    /// <summary>Pages that follow free seats at the same time, at one process. Further pages show the counts as of their loading.</summary>
    public const int LiveStreams = 2_000;

    /// <summary>Those of them that one person or API key may follow from one place of the network. So one reader does not take all.</summary>
    public const int LiveStreamsOfReader = 40;

    /// <summary>Seconds that one call may take. A longer call is cancelled, and its caller gets no result.</summary>
    public const int CallSeconds = 30;

    /// <summary>Seconds within which the silo and the database must answer a readiness check.</summary>
    public const int ReadySeconds = 3;

    /// <summary>Longest time limit of a plan, in seconds.</summary>
    public const int PlanSeconds = 600;

    /// <summary>Days of one plan's scope.</summary>
    public const int PlanDays = 92;

    /// <summary>Pools of one plan's scope.</summary>
    public const int PlanPools = 100;

    /// <summary>Days after the end of a plan's run for which its files are kept: instance, solver's plan, entries and result.</summary>
    public const int PlanFileDays = 90;

    /// <summary>Hours after the local time of a nightly plan within which the clock still makes, and applies, the plan of that night.</summary>
    public const int NightlyPlanHours = 6;

    /// <summary>Plans that run at once.</summary>
    public const int RunningPlans = 8;

    /// <summary>Starts of all requests in the scope of a plan or of a question about one. A larger scope fails, before the solver starts.</summary>
    public const int PlanCandidates = 2_000_000;

    /// <summary>Seconds of advice about capacity.</summary>
    public const int AdviceSeconds = 30;

    /// <summary>Calls for advice, comparisons and what-ifs that a server answers or lets wait at once. Further callers are refused and try again.</summary>
    public const int AdviceAtOnce = 4;

    /// <summary>The most points of a capacity curve.</summary>
    public const int CurvePoints = 50;

    /// <summary>
    /// Refused sittings that a server keeps in memory between two hand-overs to the ledger. Further ones are counted in the log, and are not in the demand.
    /// </summary>
    public const int RefusedSittings = 20_000;

    /// <summary>Refused sittings that one transaction writes.</summary>
    public const int RefusedSittingsAtOnce = 1_000;

    /// <summary>Days for which a refused sitting is kept after its start.</summary>
    public const int RefusedSittingDays = 800;

    /// <summary>Changes in a table of the audit: the newest of the filter.</summary>
    public const int AuditTable = 10_000;

    /// <summary>Days between the ends of a range from which a template is advised.</summary>
    public const int DemandDays = 366;

    /// <summary>Ranges of slots of one raise of a pool's capacity, and of one what-if: as many as advice about the longest scope may name.</summary>
    public const int RaisedRanges = PlanDays * 24;

    /// <summary>Changes of seasons of one what-if.</summary>
    public const int WhatIfSeasons = 100;
}
