using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The decision about a command on one state of its institution: a closed list. The decision is pure, so the command can be decided again on a newer state.
/// </summary>
internal abstract record Step
{
    private Step()
    {
    }

    /// <summary>A rule refuses the command.</summary>
    public sealed record Refused(Refusal Why) : Step;

    /// <summary>There is nothing to change. The command has its answer.</summary>
    public sealed record Answered(CommandResult<Snapshot> Result) : Step
    {
        /// <summary>The subject already has the state that the command asks for.</summary>
        public static Answered Unchanged(Snapshot value) => new(new CommandResult<Snapshot>.Done(value));

        /// <summary>The subject does not exist.</summary>
        public static Answered NotFound { get; } = new(new CommandResult<Snapshot>.NotFound());

        /// <summary>The subject has another version.</summary>
        public static Answered Stale { get; } = new(new CommandResult<Snapshot>.Stale());
    }

    /// <summary>The memory contradicts what the ledger shows: read the ledger, and decide again.</summary>
    public sealed record Reload : Step
    {
        /// <summary>The only instance.</summary>
        public static Reload Now { get; } = new();
    }

    /// <summary>A change that the slots must admit and the commit must accept.</summary>
    public sealed record Proposed(Proposal Proposal) : Step;
}
