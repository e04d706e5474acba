using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The figures and the text of a horizon that is shorter than a season's lead time.</summary>
internal static class HorizonTexts
{
    public static void Write(Utf8JsonWriter writer, Refusal.HorizonTooShort refusal)
    {
        writer.WriteNumber("horizonDays", refusal.HorizonDays);
        writer.WriteNumber("leadTimeDays", refusal.LeadTimeDays);
        writer.WriteString("season", refusal.Season.Text);
    }

    public static ProblemText Of(Refusal.HorizonTooShort refusal) => new(
        "The horizon is shorter than a season's lead time.",
        $"The season '{refusal.Season}' needs {Counted.Of(refusal.LeadTimeDays, "day")} and the horizon is {Counted.Of(refusal.HorizonDays, "day")}. "
        + "Shorten the lead time, or lengthen the horizon.");
}
