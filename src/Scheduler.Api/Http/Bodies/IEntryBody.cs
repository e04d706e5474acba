namespace Scheduler.Api;

/// <summary>The body of an operator's thing: a pool, an exam, a season, an institution or the policy.</summary>
internal interface IEntryBody
{
    /// <summary>The version that a GET shows. The call is refused with <c>stale</c> when the thing has another version. Null when left out.</summary>
    int? Version { get; }

    /// <summary>Why the thing is changed, for the record (R15). Null when left out.</summary>
    string? Reason { get; }
}
