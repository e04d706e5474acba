namespace Scheduler.Ledger;

/// <summary>What a change did. The ledger and the audit contain the words of <see cref="ChangeKinds"/>: add words, but never rename or remove one.</summary>
public enum ChangeKind
{
    /// <summary>A kind that a later version wrote and this version does not know.</summary>
    Unknown,

    /// <summary>A booking was made.</summary>
    BookingMade,

    /// <summary>A booking got another start.</summary>
    BookingMoved,

    /// <summary>A booking got other seats or accommodations.</summary>
    BookingResized,

    /// <summary>A booking was cancelled.</summary>
    BookingCancelled,

    /// <summary>A school reported how many candidates sat.</summary>
    BookingAttended,

    /// <summary>A hold was made.</summary>
    HoldMade,

    /// <summary>A hold became a booking.</summary>
    HoldConfirmed,

    /// <summary>A hold was made in place of another one, for other candidates of the same block.</summary>
    HoldReplaced,

    /// <summary>A hold was released.</summary>
    HoldReleased,

    /// <summary>A hold was removed after its end.</summary>
    HoldLapsed,

    /// <summary>A request joined a queue.</summary>
    RequestMade,

    /// <summary>A request became a booking.</summary>
    RequestPlaced,

    /// <summary>A waitlist request got an offer and did not fit.</summary>
    RequestPassedOver,

    /// <summary>A request that waits got other seats, windows or other parts.</summary>
    RequestChanged,

    /// <summary>A school withdrew a request.</summary>
    RequestWithdrawn,

    /// <summary>A request ended because its block can no longer be booked.</summary>
    RequestExpired,

    /// <summary>A pack was recorded.</summary>
    PackMade,

    /// <summary>A pack got another quantity or purchase date.</summary>
    PackCorrected,

    /// <summary>A pack was taken back: it gives no more vouchers.</summary>
    PackVoided,

    /// <summary>An institution was told that a pack ends soon. Nothing changed.</summary>
    PackEnding,

    /// <summary>A pool was made or replaced.</summary>
    PoolPut,

    /// <summary>An exam was made or replaced.</summary>
    ExamPut,

    /// <summary>A season was made or replaced.</summary>
    SeasonPut,

    /// <summary>An institution was made or replaced.</summary>
    InstitutionPut,

    /// <summary>The policy was replaced.</summary>
    PolicyPut,

    /// <summary>A pool was retired.</summary>
    PoolRetired,

    /// <summary>An exam was retired.</summary>
    ExamRetired,

    /// <summary>A season was retired.</summary>
    SeasonRetired,

    /// <summary>An institution was retired.</summary>
    InstitutionRetired,

    /// <summary>An API key was made.</summary>
    ApiKeyMade,

    /// <summary>An API key was revoked.</summary>
    ApiKeyRevoked,

    /// <summary>A weekly template was replaced.</summary>
    TemplatePut,

    /// <summary>An exception to a template was set.</summary>
    ExceptionPut,

    /// <summary>Exceptions were removed.</summary>
    ExceptionsCleared,

    /// <summary>Exceptions were set or removed in several ranges.</summary>
    ExceptionsPut,

    /// <summary>Capacity was raised as advised: exceptions were set.</summary>
    ExceptionsRaised,

    /// <summary>Capacity that was raised as advised went back to what it was before.</summary>
    ExceptionsRestored,

    /// <summary>Calls that were refused for seats of a pool were counted as demand. Nothing was changed that anybody rests on.</summary>
    PoolRefusalsCounted,

    /// <summary>A plan was asked for.</summary>
    PlanMade,

    /// <summary>A plan's run ended: the plan is ready, or it failed.</summary>
    PlanEnded,

    /// <summary>A plan's run was told to end with the best plan so far. <see cref="PlanEnded"/> follows when the run has ended.</summary>
    PlanFinished,

    /// <summary>A plan's run was stopped.</summary>
    PlanCancelled,

    /// <summary>A part of a plan was applied.</summary>
    PlanApplied,

    /// <summary>The files of a plan were removed after their time.</summary>
    PlanFilesRemoved,

    /// <summary>An account was made.</summary>
    AccountMade,

    /// <summary>An account got another name, role, password, passkey or second factor, or its sessions were ended.</summary>
    AccountChanged,

    /// <summary>A person signed in.</summary>
    AccountSignedIn,

    /// <summary>A wrong password or code was given for an account.</summary>
    AccountSignInFailed,

    /// <summary>A person was removed.</summary>
    AccountRemoved,

    /// <summary>A person was invited, or a link was made by which a person chooses anew how to sign in.</summary>
    InvitationMade,

    /// <summary>An invitation was used.</summary>
    InvitationAccepted,

    /// <summary>An invitation was revoked.</summary>
    InvitationRevoked,

    /// <summary>A key that protects cookies was made.</summary>
    CookieKeyMade,

    /// <summary>Files were read for an import: a dry run, which changed nothing.</summary>
    ImportMade,

    /// <summary>The application of an import began.</summary>
    ImportStarted,

    /// <summary>An import was applied: every row has its result.</summary>
    ImportApplied,
}
