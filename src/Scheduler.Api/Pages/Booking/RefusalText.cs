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
        Refusal.Horizon r => Say(r, Day, Days(r.DaysGiven), Days(r.HorizonDays), time.Date(r.LatestDate)),
        Refusal.Collecting r => Say(r, time.Moment(r.OpensAt)),
        Refusal.NotReady r => texts.Count(
            "refusal.not_ready", r.Open.Length, school?.Name ?? "", string.Join(", ", r.Open.Select(step => texts[$"step.{step}"]))),
        Refusal.ProctorsExceeded r => Proctors(r),
        Refusal.LabSeatsExceeded r => Bend(r, r.CandidatesFree, Start, texts.Count("lab.seats", r.LabSeats)),
        Refusal.VouchersShort r => texts.Count(
            "refusal.vouchers_short", r.Missing, Programme, Day, PageText.Number(Seats - r.Missing), texts.Count("hold.people", Seats)),
        Refusal.HoldLimit r => Say(r, texts.Count("blocks", r.MaxHolds), texts.Count("seats", r.MaxHeldSeats)),
        Refusal.FairShareExceeded r => FairShareExceeded(r),
        Refusal.CutoffPassed r => Bend(r, r.DaysGiven, Days(r.DaysNeeded)),
        Refusal.NotOnSlot r => Say(r, time.Moment(r.NextStart)),
        Refusal.Past => Say(refusal, Day, Start),
        Refusal.PoolCannotServeExam r => Say(r, PoolName, ExamName, string.Join(", ", r.Pools.Select(NameOf))),
        Refusal.ModeNotOffered r => Say(r, ExamName, string.Join(", ", r.Modes.Select(mode => texts[$"mode.{TextForms.Mode.Write(mode)}"]))),
        Refusal.NeverFits r => Say(r, PoolName, texts.Count("seats", r.GreatestCapacity), PageText.Number(Seats)),
        Refusal.QueueFull r => Bend(r, r.MaxQueued),
        Refusal.MoreThanBooked r => Bend(r, r.Seats),
        Refusal.AccommodationsExceedSeats r => Bend(r, r.Seats),
        Refusal.CapacityBelowBooked r => Say(
            r, texts.Count("distance.hours", r.Slots.Length), texts.Count("bookings.count", r.BookingsTotal), texts.Count("holds.count", r.HoldsTotal)),
        Refusal.InUse r => Say(
            r, texts.Count("bookings.count", r.Touches.BookingCount), texts.Count("holds.count", r.Touches.HoldCount),
            texts.Count("queue.requests", r.Touches.RequestCount)),
        Refusal.PackInUse r => Bend(r, r.VouchersTaken, texts.Count("bookings.count", r.BookingsTotal), texts.Count("holds.count", r.HoldsTotal)),
        Refusal.NoCandidates r => texts[$"refusal.no_candidates.{r.Why}", texts.Count("distance.hours", r.BlockMinutes / SlotHour.LengthMinutes)],
        Refusal.BelowPlaced r => Bend(r, r.PlacedSeats),
        Refusal.HorizonTooShort r => Say(
            r, Days(r.HorizonDays), Days(r.LeadTimeDays), catalogue.Seasons.TryGetValue(r.Season, out var season) ? season.Value.Name : r.Season.Text),
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

    /// <summary>The sentence whose words bend with a figure.</summary>
    private string Bend(Refusal refusal, int count, params object[] figures) => texts.Count($"refusal.{refusal.Code}", count, figures);

    private string Days(int days) => texts.Count("distance.days", days);

    /// <summary>Names the hour with the most seats missing.</summary>
    private string SlotFull(Refusal.SlotFull refusal)
    {
        var worst = refusal.Slots.MaxBy(slot => slot.Missing);
        var day = time.Date(worst.Start.InZone(time.Zone).Date);
        return Bend(refusal, worst.Free + worst.Missing, day, Hour(worst.Start), PageText.Number(worst.Free));
    }

    private string LeadTimeShort(Refusal.LeadTimeShort refusal)
    {
        var day = wish is null ? (LocalDate?)null : wish.Start.InZone(time.Zone).Date;
        var season = catalogue.Calendar.Seasons.Where(one => day is { } date && one.Contains(date) && one.LeadTimeDays == refusal.DaysNeeded)
            .Select(one => one.Name).FirstOrDefault();
        var away = refusal.DaysGiven switch
        {
            < 0 => texts["lead_time.over"].Value,
            0 => texts["lead_time.today"].Value,
            _ => texts.Count("lead_time.away", refusal.DaysGiven),
        };
        var fact = season is null
            ? texts["refusal.lead_time", Day, away, Days(refusal.DaysNeeded)]
            : texts["refusal.lead_time.season", Day, away, Days(refusal.DaysNeeded), season];
        return $"{fact}\n{(refusal.NextDate is { } next ? texts["lead_time.next", time.Date(next)] : texts["lead_time.none"])}";
    }

    private string Proctors(Refusal.ProctorsExceeded refusal)
    {
        var most = refusal.Proctors * catalogue.Policy.Value.CandidatesPerProctor;
        var sit = texts.Count("proctors.sit", Math.Max(0, most - refusal.CandidatesFree));
        return Bend(refusal, refusal.Proctors, Start, texts.Count("hold.people", most), sit, PageText.Number(refusal.CandidatesFree));
    }

    private string FairShareExceeded(Refusal.FairShareExceeded refusal)
    {
        var policy = catalogue.Policy.Value;
        var day = refusal.Slot.InZone(time.Zone).Date;
        var lifted = day.PlusDays(-catalogue.Calendar.DaysNeeded(day, policy) - policy.FairShareLiftDays);
        return Say(
            refusal, texts.Count("seats", refusal.SeatsAllowed), refusal.SeatsHeld, refusal.SeatsLeft, Hour(refusal.Slot), time.ShortDate(day),
            time.ShortDate(lifted));
    }
}
