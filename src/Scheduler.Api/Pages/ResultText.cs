using Microsoft.Extensions.Localization;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Says why a command changed nothing, on the page whose form sent the command.</summary>
internal static class ResultText
{
    /// <summary>The sentence for a result that is not <see cref="CommandResult{T}.Done"/>.</summary>
    public static string Of<T>(CommandResult<T> result, IStringLocalizer<BookingTexts> texts)
        where T : Snapshot => result switch
        {
            CommandResult<T>.Refused(var why) => texts[$"refusal.{why.Code}"],
            CommandResult<T>.Stale or CommandResult<T>.KeyReused => texts["why.stale"],
            CommandResult<T>.Busy => texts["why.busy"],
            CommandResult<T>.OutcomeUnknown => texts["why.outcome_unknown"],
            _ => texts["why.unavailable"],
        };
}
