using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What a command about people has decided on the newest rows: a closed list.</summary>
internal abstract record PeopleAttempt
{
    private PeopleAttempt()
    {
    }

    /// <summary>The subject does not exist, or works no more.</summary>
    public sealed record NotFound : PeopleAttempt;

    /// <summary>The caller has seen another version.</summary>
    public sealed record Stale : PeopleAttempt;

    /// <summary>A rule refuses the command.</summary>
    public sealed record Refused(Refusal Why) : PeopleAttempt;

    /// <summary>Nothing is to be written.</summary>
    public sealed record Unchanged(Snapshot Value) : PeopleAttempt;

    /// <summary>A change to commit, and what keeps its rows in the copy afterwards.</summary>
    public sealed record Write(ChangeRecord Record, RowWrite[] Rows, Action Keep) : PeopleAttempt;
}
