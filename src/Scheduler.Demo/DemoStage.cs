using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Demo;

/// <summary>
/// Plays the script, one moment after another. At one moment all schools act at the same time, and each school does its steps one after the other. Every step
/// is a command to the same grains that the HTTP API calls, so the rules decide every booking and every refusal.
/// </summary>
internal sealed class DemoStage(IGrainFactory grains, DemoClock clock)
{
    private const int SmallestClass = 4;
    private static readonly Duration _sitting = Duration.FromHours(4);

    /// <summary>The operator who sets the season up.</summary>
    public static Caller Operator { get; } = new(new("demo-operator", Role.Operator, null, "Demonstration"));

    /// <summary>The counts of what was done and what was refused.</summary>
    public DemoTally Tally { get; } = new();

    public async Task Play(IEnumerable<DemoAct> acts)
    {
        foreach (var moment in acts.GroupBy(act => act.At))
        {
            clock.Stand(moment.Key);
            await Task.WhenAll(moment.GroupBy(act => act.School.Institution.Id).Select(async steps =>
            {
                foreach (var act in steps)
                    await Play(act);
            }));
        }
    }

    /// <summary>Makes a hold now.</summary>
    public async Task Hold(DemoSchool school, BookingWish wish) => Tally.Count("held", await Queue(school).Hold(new(By(school, wish), wish)));

    private Task Play(DemoAct act) => act.Step switch
    {
        DemoStep.Buy buy => Buy(act.School, buy.Pack),
        DemoStep.Ask ask => Ask(act.School, ask.Wish),
        DemoStep.Queue queue => Join(act.School, queue),
        DemoStep.Cancel cancel when IsAhead(cancel.Wish) => Cancel(act.School, cancel),
        DemoStep.Move move when IsAhead(move.Wish) => Move(act.School, move),
        DemoStep.Resize resize when IsAhead(resize.Wish) => Resize(act.School, resize),
        DemoStep.Attend attend when IsOver(attend.Wish) => Attend(act.School, attend),
        _ => Task.CompletedTask,
    };

    private bool IsAhead(DemoWish wish) => wish.Booking is not null && wish.Start > clock.GetCurrentInstant();

    private bool IsOver(DemoWish wish) => wish.Booking is not null && wish.Start + _sitting < clock.GetCurrentInstant();

    private async Task Buy(DemoSchool school, DemoPack pack) =>
        Tally.Count("packs", await Queue(school).AddPack(new(Operator, pack.Programme, pack.Quantity, pack.PurchasedOn)));

    private async Task Ask(DemoSchool school, DemoWish wish)
    {
        var asked = wish.Wish;
        switch (await Book(school, wish, asked, wish.Way))
        {
            case Refusal.SlotFull when wish.WhenFull == WhenFull.Wait && asked.OverrideReason is null:
                Tally.Count("waitlisted", await Queue(school).Join(new(By(school, asked), asked, 1)));
                break;
            case Refusal.SlotFull { Alternatives: [var first, ..] } when wish.WhenFull == WhenFull.TakeAlternative:
                await Book(school, wish, asked with { Start = first.Start }, Way.Direct);
                break;
            case Refusal.SlotFull full when wish.WhenFull == WhenFull.TakeWhatIsLeft && asked.Accommodations.IsEmpty:
                var left = full.Slots.Min(slot => slot.Free);
                if (left >= SmallestClass && left < asked.Seats)
                    await Book(school, wish, asked with { Seats = left, Reference = $"{asked.Reference}, those who are ready" }, Way.Direct);
                break;
            case Refusal.FairShareExceeded when asked.Accommodations.IsEmpty:
                // The class is split in two. The first half is booked here; the other half is not part of the demonstration.
                var half = (asked.Seats + 1) / 2;
                await Book(school, wish, asked with { Seats = half, Reference = $"{asked.Reference}, first half" }, Way.Direct);
                break;
        }
    }

    private async Task Join(DemoSchool school, DemoStep.Queue queue) =>
        Tally.Count("queued", await Queue(school).Join(new(By(school), queue.Wish, 1, [queue.Window], queue.MinGroup)));

    /// <summary>Books a block and stores the booking in the wish. Returns the refusal, or null.</summary>
    private async Task<Refusal?> Book(DemoSchool school, DemoWish wish, BookingWish asked, Way way)
    {
        var command = new BookCommand(By(school, asked), asked);
        if (way == Way.Direct)
            return Note(wish, await Queue(school).Book(command));
        var held = await Queue(school).Hold(command);
        if (Tally.Count("held", held) is { } refusal)
            return refusal;
        return way == Way.Abandoned ? null : Note(wish, await Queue(school).Confirm(new(command.Caller, DemoResults.Value(held).Hold.Id.Value)));
    }

    private Refusal? Note(DemoWish wish, CommandResult<BookingSnapshot> result)
    {
        if (Tally.Count("booked", result) is { } refusal)
            return refusal;
        var booking = DemoResults.Value(result).Booking;
        (wish.Booking, wish.Start, wish.Seats) = (booking.Id.Value, booking.Sitting.Start, booking.Sitting.Seats);
        return null;
    }

    private async Task Cancel(DemoSchool school, DemoStep.Cancel cancel)
    {
        if (Tally.Count("cancelled", await Queue(school).Cancel(new(By(school), cancel.Wish.Booking!.Value, cancel.Reason))) is null)
            cancel.Wish.Booking = null;
    }

    private async Task Move(DemoSchool school, DemoStep.Move move)
    {
        if (Tally.Count("moved", await Queue(school).Reschedule(new(By(school), move.Wish.Booking!.Value, move.Start, null))) is null)
            move.Wish.Start = move.Start;
    }

    private async Task Resize(DemoSchool school, DemoStep.Resize resize)
    {
        var seats = Math.Max(SmallestClass, resize.Wish.Seats + resize.More);
        if (seats == resize.Wish.Seats)
            return;
        if (Tally.Count("resized", await Queue(school).Resize(new(By(school), resize.Wish.Booking!.Value, seats, null, null))) is null)
            resize.Wish.Seats = seats;
    }

    private async Task Attend(DemoSchool school, DemoStep.Attend attend)
    {
        var came = attend.Wish.Seats - (int)(attend.Wish.Seats * attend.ShareOfNoShows);
        Tally.Count("attended", await Queue(school).Attend(new(By(school), attend.Wish.Booking!.Value, came)));
    }

    private IInstitutionQueueGrain Queue(DemoSchool school) => grains.GetGrain<IInstitutionQueueGrain>(school.Institution.Id.Text);

    /// <summary>An operator books with an override; a teacher of the school does everything else.</summary>
    private static Caller By(DemoSchool school, BookingWish? wish = null) => wish?.OverrideReason is not null
        ? Operator
        : new(new($"demo-teacher-{school.Institution.Id}", Role.Instructor, school.Institution.Id, "Teacher"));
}
