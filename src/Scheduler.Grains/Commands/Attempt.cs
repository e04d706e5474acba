using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The result of one attempt at a command: a closed list.</summary>
internal abstract record Attempt
{
    private Attempt()
    {
    }

    /// <summary>The command has its result.</summary>
    public sealed record Answered(CommandResult<Snapshot> Result) : Attempt
    {
        public static Answered Busy { get; } = new(new CommandResult<Snapshot>.Busy());

        public static Answered Unavailable { get; } = new(new CommandResult<Snapshot>.Unavailable());

        public static Answered OutcomeUnknown { get; } = new(new CommandResult<Snapshot>.OutcomeUnknown());

        public static Answered NotFound { get; } = new(new CommandResult<Snapshot>.NotFound());

        public static Answered Refused(Domain.Refusal why) => new(new CommandResult<Snapshot>.Refused(why));

        public static Answered Previewed(DryRun run) => new(new CommandResult<Snapshot>.Previewed(run));

        public static Answered Done(Snapshot value) => new(new CommandResult<Snapshot>.Done(value));
    }

    /// <summary>The state on which the attempt was decided has changed: attempt the command again.</summary>
    public sealed record Retry : Attempt
    {
        public static Retry Now { get; } = new();
    }
}
