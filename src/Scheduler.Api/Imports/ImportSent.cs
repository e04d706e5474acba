using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What became of the command of a row: a closed list.</summary>
internal abstract record ImportSent
{
    private ImportSent()
    {
    }

    /// <summary>The command was done, now or by an earlier try.</summary>
    public sealed record Done : ImportSent;

    /// <summary>A rule refused the command, or the subject was changed meanwhile.</summary>
    public sealed record Refused(string Code) : ImportSent;

    /// <summary>The command has no outcome yet: the application stops here and goes on when it is asked for again.</summary>
    public sealed record Open(Func<CommandResult<ImportSnapshot>> Answer) : ImportSent;

    /// <summary>What a command's result means for its row.</summary>
    public static ImportSent Of<T>(CommandResult<T> result)
        where T : Snapshot => result switch
        {
            CommandResult<T>.Done => new Done(),
            CommandResult<T>.Refused(var why) => new Refused(why.Code),
            CommandResult<T>.NotFound => new Refused("not_found"),
            CommandResult<T>.Stale => new Refused("stale"),
            CommandResult<T>.KeyReused => new Refused("idempotency_key_reused"),
            CommandResult<T>.Busy => new Open(() => new CommandResult<ImportSnapshot>.Busy()),
            CommandResult<T>.Unavailable => new Open(() => new CommandResult<ImportSnapshot>.Unavailable()),
            _ => new Open(() => new CommandResult<ImportSnapshot>.OutcomeUnknown()),
        };
}
