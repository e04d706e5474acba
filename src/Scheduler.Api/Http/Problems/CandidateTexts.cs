using System.Diagnostics;
using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The words, the figures and the sentences for the rule that took the last candidate of a flexible request.</summary>
internal static class CandidateTexts
{
    /// <summary>The word of a rule, in <c>why</c>.</summary>
    public static string Word(CandidateRule rule) => rule switch
    {
        CandidateRule.NoDay => "no_day",
        CandidateRule.BlockLength => "block_length",
        CandidateRule.NotOnSlot => "not_on_slot",
        CandidateRule.Past => "past",
        CandidateRule.Horizon => "horizon",
        CandidateRule.LeadTime => "lead_time",
        _ => throw new UnreachableException(),
    };

    /// <summary>Writes the figures.</summary>
    public static void Write(Utf8JsonWriter writer, Refusal.NoCandidates refusal)
    {
        writer.WriteString("why", Word(refusal.Why));
        writer.WriteNumber("blockMinutes", refusal.BlockMinutes);
        if (refusal.DaysGiven is { } given)
            writer.WriteNumber("daysGiven", given);
        if (refusal.Why == CandidateRule.Horizon)
        {
            writer.WriteNumber("horizonDays", refusal.DaysNeeded!.Value);
            writer.WriteString("latestDate", TextForms.Date.Write(refusal.LatestDate!.Value));
        }
        else if (refusal.Why == CandidateRule.LeadTime)
        {
            LeadTimeTexts.Write(writer, refusal.DaysNeeded!.Value, refusal.EarliestDate, refusal.NextDate);
        }
    }

    /// <summary>What took the last candidate, and what to change.</summary>
    public static string Detail(Refusal.NoCandidates refusal) => refusal.Why switch
    {
        CandidateRule.NoDay => "No window has a date on one of its weekdays. Name other dates or days.",
        CandidateRule.BlockLength => $"The block takes {Counted.Of(refusal.BlockMinutes, "minute")}, and no window is so long. Name a longer window.",
        CandidateRule.NotOnSlot =>
            $"The block takes {Counted.Of(refusal.BlockMinutes, "minute")} from a whole hour of the pool's zone, and none lies wholly in a window on one day. "
            + "Name a longer window.",
        CandidateRule.Past => "All blocks in the windows are in the past. Name later dates.",
        CandidateRule.Horizon =>
            $"All blocks in the windows are more than {Counted.Of(refusal.DaysNeeded!.Value, "day")} ahead; the latest date is "
            + $"{TextForms.Date.Write(refusal.LatestDate!.Value)}. Name earlier dates.",
        CandidateRule.LeadTime => LeadTimeTexts.Detail(refusal),
        _ => throw new UnreachableException(),
    };
}
