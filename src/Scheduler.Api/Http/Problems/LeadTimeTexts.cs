using System.Text.Json;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The figures and the sentences for too short notice, of a booking and of a request.</summary>
internal static class LeadTimeTexts
{
    /// <summary>Writes the figures.</summary>
    public static void Write(Utf8JsonWriter writer, Refusal.LeadTimeShort refusal)
    {
        writer.WriteNumber("daysGiven", refusal.DaysGiven);
        Write(writer, refusal.DaysNeeded, refusal.EarliestDate, refusal.NextDate);
    }

    /// <summary>Writes the figures beside the days that are given.</summary>
    public static void Write(Utf8JsonWriter writer, int needed, LocalDate? earliest, LocalDate? next)
    {
        writer.WriteNumber("daysNeeded", needed);
        writer.WriteString("earliestDate", earliest is { } first ? TextForms.Date.Write(first) : null);
        writer.WriteString("nextDate", next is { } later ? TextForms.Date.Write(later) : null);
    }

    /// <summary>Why a start is too near, and which date to choose: the next one, because the earliest one may lie before the start.</summary>
    public static string Detail(Refusal.LeadTimeShort refusal)
    {
        var notice = $"The start must leave {Counted.Of(refusal.DaysNeeded, "day")} of notice, and this start leaves {Counted.Of(refusal.DaysGiven, "day")}";
        return (refusal.NextDate, refusal.EarliestDate) switch
        {
            ({ } next, _) => $"{notice}; the next date that fits is {TextForms.Date.Write(next)}.",
            (null, { } earliest) => $"{notice}; no later date within the horizon fits, and the earliest one that does is {TextForms.Date.Write(earliest)}.",
            _ => $"{notice}; no date within the horizon fits.",
        };
    }

    /// <summary>Why no block of a request fits, and which windows to name.</summary>
    public static string Detail(Refusal.NoCandidates refusal)
    {
        var notice = $"The last block in the windows leaves {Counted.Of(refusal.DaysGiven!.Value, "day")} of notice, "
            + $"and {Counted.Are(refusal.DaysNeeded!.Value, "day")} needed";
        return (refusal.NextDate, refusal.EarliestDate) switch
        {
            ({ } next, _) => $"{notice}. Name windows with dates from {TextForms.Date.Write(next)} on.",
            (null, { } earliest) => $"{notice}; no later date within the horizon fits. The earliest date that fits is {TextForms.Date.Write(earliest)}.",
            _ => $"{notice}; no date within the horizon fits.",
        };
    }
}
