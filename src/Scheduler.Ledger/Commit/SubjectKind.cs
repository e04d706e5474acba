namespace Scheduler.Ledger;

/// <summary>The kinds of subjects that a change may have. <see cref="SubjectKinds"/> has their words.</summary>
public enum SubjectKind
{
    /// <summary>A booking.</summary>
    Booking,

    /// <summary>A hold.</summary>
    Hold,

    /// <summary>A request.</summary>
    Request,

    /// <summary>A pack.</summary>
    Pack,

    /// <summary>A pool, with its templates and exceptions.</summary>
    Pool,

    /// <summary>An exam.</summary>
    Exam,

    /// <summary>A season.</summary>
    Season,

    /// <summary>An institution's settings.</summary>
    Institution,

    /// <summary>The policy. Its id is <c>policy</c>.</summary>
    Policy,

    /// <summary>An API key.</summary>
    ApiKey,

    /// <summary>A plan.</summary>
    Plan,

    /// <summary>An account.</summary>
    Account,

    /// <summary>An invitation.</summary>
    Invitation,

    /// <summary>A key that protects cookies.</summary>
    CookieKey,

    /// <summary>An import of files.</summary>
    Import,
}
