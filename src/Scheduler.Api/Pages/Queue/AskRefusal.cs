using Microsoft.Extensions.Localization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Why a flexible request was refused. The windows are in the address, so the sentence says what to change.</summary>
internal static class AskRefusal
{
    /// <param name="code">The code of the refusal; of a refusal for want of a candidate, with the rule after a dot.</param>
    /// <param name="hours">The hours of the block.</param>
    /// <param name="texts">The texts.</param>
    public static string Text(string code, int hours, IStringLocalizer texts)
    {
        var known = Enum.GetValues<CandidateRule>().FirstOrDefault(why => code == $"no_candidates.{why}", (CandidateRule)(-1));
        if (Enum.IsDefined(known))
            return texts[$"refusal.no_candidates.{known}", texts.Count("distance.hours", hours)];
        return code switch
        {
            "queue_full" => texts.Count("refusal.queue_full", Limits.QueuedRequests).Replace('\n', ' '),
            "request_placed" or "request_closed" or "retired" => texts[$"refusal.{code}"].Value.Replace('\n', ' '),
            _ => texts["why.askRefused"],
        };
    }
}
