using Microsoft.Extensions.Localization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The sentence of each refusal in the reader's language, made from its figures: the fact first, then the next step. Problem documents of the API have
/// sentences of their own (<see cref="ProblemTexts"/>).
/// </summary>
/// <param name="texts">The texts.</param>
/// <param name="time">Dates and times as the reader sees them.</param>
/// <param name="catalogue">Names of pools, schools and seasons.</param>
/// <param name="wish">What was refused; null when the refusal is not about a block.</param>
/// <param name="school">The school that asked; null when the refusal is not about a school.</param>
internal sealed class RefusalText(IStringLocalizer texts, PageTime time, Catalogue catalogue, BookingWish? wish, Institution? school)
{
    /// <summary>The sentences.</summary>
    public string Of(Refusal refusal) => Text(refusal).Replace('\n', ' ');

    /// <summary>The fact, and what to do next; the second part is empty where the fact says all.</summary>
    public (string Fact, string Next) Parts(Refusal refusal)
    {
        var parts = Text(refusal).Split('\n', 2);
        return (parts[0], parts.Length == 1 ? "" : parts[1]);
    }

    private string Text(Refusal refusal) => refusal switch
    {
        Refusal.SlotFull r => SlotFull(r),
        Refusal.Closed r => Say(r, PoolName, string.Join(", ", r.Hours.Select(hour => Hour(hour)))),
        Refusal.LeadTimeShort r => LeadTimeShort(r),
        Refusal.Horizon r => Say(r, Day, r.DaysGiven, r.HorizonDays, time.Date(r.LatestDate)),
        Refusal.Collecting r => Say(r, time.Moment(r.OpensAt)),
        Refusal.NotReady r => texts.Count(
            "refusal.not_ready", r.Open.Length, school?.Name ?? "", string.Join(", ", r.Open.Select(step => texts[$"step.{step}"]))),
        Refusal.ProctorsExceeded r => Proctors(r),
        Refusal.LabSeatsExceeded r => Say(r, r.LabSeats, Start, r.CandidatesFree),
        Refusal.VouchersShort r => texts.Count(
            "refusal.vouchers_short", r.Missing, Programme, Day, PageText.Number(Seats - r.Missing), PageText.Number(Seats)),
        Refusal.HoldLimit r => Say(r, r.MaxHolds, r.MaxHeldSeats),
        Refusal.FairShareExceeded r => FairShareExceeded(r),
        Refusal.CutoffPassed r => Say(r, r.DaysNeeded, r.DaysGiven),
        Refusal.NotOnSlot r => Say(r, time.Moment(r.NextStart)),
        Refusal.Past => Say(refusal, Day, Start),
        Refusal.PoolCannotServeExam r => Say(r, PoolName, ExamName, string.Join(", ", r.Pools.Select(NameOf))),
        Refusal.ModeNotOffered r => Say(r, ExamName, string.Join(", ", r.Modes.Select(mode => texts[$"mode.{TextForms.Mode.Write(mode)}"]))),
        Refusal.NeverFits r => Say(r, PoolName, r.GreatestCapacity, PageText.Number(Seats)),
        Refusal.QueueFull r => Say(r, r.MaxQueued),
        Refusal.MoreThanBooked r => Say(r, r.Seats),
        Refusal.AccommodationsExceedSeats r => Say(r, r.Seats),
        Refusal.CapacityBelowBooked r => Say(r, r.Slots.Length, r.BookingsTotal, r.HoldsTotal),
        Refusal.InUse r => Say(r, r.Touches.BookingCount, r.Touches.HoldCount, r.Touches.RequestCount),
        Refusal.PackInUse r => Say(r, r.VouchersTaken, r.BookingsTotal, r.HoldsTotal),
        Refusal.NoCandidates r => texts[$"refusal.no_candidates.{r.Why}", r.BlockMinutes / SlotHour.LengthMinutes],
        Refusal.BelowPlaced r => Say(r, r.PlacedSeats),
        _ => Say(refusal),
    };

    private string PoolName => wish is null ? "" : NameOf(wish.Pool);

    private string ExamName => wish is not null && catalogue.Exams.TryGetValue(wish.Exam, out var exam) ? exam.Value.Name : "";

    private string Programme => wish is not null && catalogue.Exams.TryGetValue(wish.Exam, out var exam) ? exam.Value.Programme : "";

    private int Seats => wish?.Seats ?? 0;

    private string Day => wish is null ? "" : time.Date(wish.Start.InZone(time.Zone).Date);

    private string Start => wish is null ? "" : Hour(wish.Start);

    private string Hour(Instant at) => time.Clock(at.InZone(time.Zone).TimeOfDay);

    private string NameOf(PoolId pool) => catalogue.Pools.TryGetValue(pool, out var known) ? known.Value.Name : pool.Text;

    private string Say(Refusal refusal, params object[] figures) => texts[$"refusal.{refusal.Code}", figures];

    /// <summary>Names the hour with the most seats missing.</summary>
    private string SlotFull(Refusal.SlotFull refusal)
    {
        var worst = refusal.Slots.MaxBy(slot => slot.Missing);
        var day = time.Date(worst.Start.InZone(time.Zone).Date);
        return Say(refusal, day, Hour(worst.Start), PageText.Number(worst.Free), PageText.Number(worst.Free + worst.Missing));
    }

    private string LeadTimeShort(Refusal.LeadTimeShort refusal)
    {
        var day = wish is null ? (LocalDate?)null : wish.Start.InZone(time.Zone).Date;
        var season = catalogue.Calendar.Seasons.Where(one => day is { } date && one.Contains(date) && one.LeadTimeDays == refusal.DaysNeeded)
            .Select(one => one.Name).FirstOrDefault() ?? texts["refusal.lead_time.rule"].Value;
        return refusal.NextDate is { } next
            ? texts.Count("refusal.lead_time", refusal.DaysGiven, Day, season, refusal.DaysNeeded, time.Date(next))
            : texts.Count("refusal.lead_time.none", refusal.DaysGiven, Day, season, refusal.DaysNeeded);
    }

    private string Proctors(Refusal.ProctorsExceeded refusal)
    {
        var most = refusal.Proctors * catalogue.Policy.Value.CandidatesPerProctor;
        return Say(refusal, Start, refusal.Proctors, most, Math.Max(0, most - refusal.CandidatesFree), refusal.CandidatesFree);
    }

    private string FairShareExceeded(Refusal.FairShareExceeded refusal)
    {
        var policy = catalogue.Policy.Value;
        var day = refusal.Slot.InZone(time.Zone).Date;
        var lifted = day.PlusDays(-catalogue.Calendar.DaysNeeded(day, policy) - policy.FairShareLiftDays);
        return Say(refusal, refusal.SeatsAllowed, refusal.SeatsHeld, refusal.SeatsLeft, Hour(refusal.Slot), time.ShortDate(day), time.ShortDate(lifted));
    }
}
