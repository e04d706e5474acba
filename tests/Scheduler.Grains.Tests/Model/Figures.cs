using System.Collections.Immutable;
using NodaTime.Text;
using Scheduler.Domain;

namespace Scheduler.Tests.Model;

/// <summary>Figures of a refusal by the names of the HTTP contract, as JSON, so that the model can state them without the types of the domain.</summary>
internal static class Figures
{
    public static string Of(Refusal refusal, string name) => (refusal, name) switch
    {
        (Refusal.HoldConfirmed r, "booking") => $"\"{r.Booking}\"",
        (Refusal.RequestPlaced r, "booking") => $"\"{r.Booking}\"",
        (Refusal.Retired r, "kind") => $"\"{r.Kind}\"",
        (Refusal.Retired r, "id") => $"\"{r.Id}\"",
        (Refusal.NotReady r, "open") => $"[{string.Join(',', r.Open.Select(step => $"\"{step}\""))}]",
        (Refusal.Horizon r, "daysGiven") => $"{r.DaysGiven}",
        (Refusal.CutoffPassed r, "daysGiven") => $"{r.DaysGiven}",
        (Refusal.CutoffPassed r, "daysNeeded") => $"{r.DaysNeeded}",
        (Refusal.LeadTimeShort r, "daysGiven") => $"{r.DaysGiven}",
        (Refusal.LeadTimeShort r, "daysNeeded") => $"{r.DaysNeeded}",
        (Refusal.LeadTimeShort r, "earliestDate") => r.EarliestDate is { } date ? $"\"{LocalDatePattern.Iso.Format(date)}\"" : "null",
        (Refusal.ProctorsExceeded r, "proctors") => $"{r.Proctors}",
        (Refusal.ProctorsExceeded r, "candidatesFree") => $"{r.CandidatesFree}",
        (Refusal.LabSeatsExceeded r, "labSeats") => $"{r.LabSeats}",
        (Refusal.LabSeatsExceeded r, "candidatesFree") => $"{r.CandidatesFree}",
        (Refusal.VouchersShort r, "vouchersShort") => $"{r.Missing}",
        (Refusal.HoldLimit r, "maxHolds") => $"{r.MaxHolds}",
        (Refusal.HoldLimit r, "maxHeldSeats") => $"{r.MaxHeldSeats}",
        (Refusal.SlotFull r, "freeSeats") => List(r.Slots.Select(slot => slot.Free)),
        (Refusal.SlotFull r, "missing") => List(r.Slots.Select(slot => slot.Missing)),
        (Refusal.FairShareExceeded r, "seatsAllowed") => $"{r.SeatsAllowed}",
        (Refusal.FairShareExceeded r, "seatsHeld") => $"{r.SeatsHeld}",
        (Refusal.NeverFits r, "greatestCapacity") => $"{r.GreatestCapacity}",
        _ => throw new ArgumentException($"{refusal.Code} has no figure {name}."),
    };

    private static string List(IEnumerable<int> numbers) => $"[{string.Join(',', numbers)}]";
}
