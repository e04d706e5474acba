using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The sentences and figures of the refusals of imports.</summary>
internal static class ImportTexts
{
    /// <summary>The sentences.</summary>
    public static ProblemText Of(Refusal refusal) => refusal switch
    {
        Refusal.ImportUnreadable => new("A file cannot be read.", "faults says what stands in the way in each file. Nothing was kept."),
        Refusal.ImportStale => new(
            "Something was changed since the dry run.",
            "changes lists the first of it. Send the files again and look at the new dry run. Nothing was applied."),
        Refusal.ImportVanishes r => new(
            "More than a tenth would be taken away.",
            $"{r.Vanishing} of {r.Present} would go. Repeat with force and a reason if that is meant. Nothing was applied."),
        Refusal.ImportExpired => new("The import is too old.", "An import can be applied for 7 days. Send the files again."),
        _ => throw new UnreachableException(),
    };

    /// <summary>Writes the figures of a refusal of an import; of any other refusal nothing.</summary>
    public static void Write(Utf8JsonWriter writer, Refusal refusal)
    {
        switch (refusal)
        {
            case Refusal.ImportUnreadable r:
                writer.WriteStartArray("faults");
                foreach (var fault in r.Faults)
                {
                    writer.WriteStartObject();
                    writer.WriteString("file", fault.File);
                    writer.WriteString("code", fault.Code);
                    writer.WriteString("detail", ImportSentences.Of(fault, CultureInfo.InvariantCulture));
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                break;
            case Refusal.ImportStale r:
                writer.WriteStartArray("changes");
                foreach (var change in r.Changes)
                {
                    writer.WriteStartObject();
                    writer.WriteNumber("row", change.Row);
                    writer.WriteString("subject", change.Subject);
                    writer.WriteNumber("seen", change.Seen);
                    writer.WriteNumber("present", change.Present);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteNumber("total", r.Total);
                break;
            case Refusal.ImportVanishes r:
                writer.WriteNumber("vanishing", r.Vanishing);
                writer.WriteNumber("present", r.Present);
                break;
            case Refusal.ImportExpired r:
                writer.WriteString("endedAt", TextForms.Instant.Write(r.EndedAt));
                break;
        }
    }
}
