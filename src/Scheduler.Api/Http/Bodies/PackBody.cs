using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a pack.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PackBody
{
    [Line]
    public required string Programme { get; init; }

    [Range(1, Limits.PackQuantity)]
    public required int Quantity { get; init; }

    public required LocalDate PurchasedOn { get; init; }

    [NullAsLeftOut]
    [Reason]
    public string? Reason { get; init; }

    /// <summary>Adds a fault for each value with which no booking could ever use the pack.</summary>
    public void CheckPossible(Catalogue catalogue, Institution institution, Instant now, FieldFaults faults)
    {
        if (!catalogue.Exams.Values.Any(exam => exam.Value.Retired is null && exam.Value.Programme == Programme))
            faults.Add("programme", $"must be the programme of an exam; no exam has the programme '{Programme}', and GET {ApiSetup.BasePath}/exams lists them");
        CheckDate(PurchasedOn, catalogue.Policy.Value, institution, now, faults);
    }

    /// <summary>Adds a fault for a date from which no day that can be booked is covered. A pack that has ended may be recorded: it tells what was
    /// bought.</summary>
    public static void CheckDate(LocalDate purchasedOn, Policy policy, Institution institution, Instant now, FieldFaults faults)
    {
        var latest = LeadTime.Day(now, institution.Zone).PlusDays(policy.HorizonDays);
        if (purchasedOn > latest)
            faults.Add("purchasedOn", $"must be {TextForms.Date.Write(latest)} at the latest, the last day that can be booked today");
    }
}
