using System.Collections.Concurrent;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Orleans;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// Plays the script: moment by moment, all schools of a moment side by side, each school's steps one after the other. Every step is a command to the grains that the API
/// calls, so that the season is what the rules made of it, refusals included.
/// </summary>
internal sealed class DemoStage(IGrainFactory grains, DemoClock clock)
{
    /// <summary>The operator who set the season up.</summary>
    public static Caller Operator { get; } = new(new("demo-operator", Role.Operator, null, "Demonstration"));

    /// <summary>What was done, by kind, such as <c>booked</c>.</summary>
    public ConcurrentDictionary<string, int> Done { get; } = [];

    /// <summary>What was refused, by code.</summary>
    public ConcurrentDictionary<string, int> Refused { get; } = [];

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

    /// <summary>A hold made now; whether it was had.</summary>
    public async Task<bool> Hold(DemoSchool school, BookingWish wish) => Took("held", await Queue(school).Hold(new(By(school, wish), wish)));

    private Task Play(DemoAct act) => act.Step switch
    {
        DemoStep.Buy buy => Buy(act.School, buy.Pack),
        DemoStep.Ask ask => Ask(act.School, ask.Wish),
        DemoStep.Cancel cancel when IsAhead(cancel.Wish) => Cancel(act.School, cancel),
        DemoStep.Move move when IsAhead(move.Wish) => Move(act.School, move),
        DemoStep.Resize resize when IsAhead(resize.Wish) => Resize(act.School, resize),
        DemoStep.Attend attend when attend.Wish.Booking is not null && attend.Wish.Start + Duration.FromHours(4) < clock.GetCurrentInstant() => Attend(act.School, attend),
        _ => Task.CompletedTask,
    };

    private bool IsAhead(DemoWish wish) => wish.Booking is not null && wish.Start > clock.GetCurrentInstant();

    private async Task Buy(DemoSchool school, DemoPack pack) =>
        Took("packs", await Queue(school).AddPack(new(Operator, pack.Programme, pack.Quantity, pack.PurchasedOn)));

    private async Task Ask(DemoSchool school, DemoWish wish)
    {
        var asked = await Book(school, wish.Wish, wish.Way);
        if (Keep(wish, asked, wish.Wish) || !asked.IsProblem)
            return;
        using var problem = JsonDocument.Parse(asked.Body!);
        switch (problem.RootElement.GetProperty("code").GetString())
        {
            case "slot_full" when wish.WhenFull == WhenFull.Wait && wish.Wish.OverrideReason is null:
                Took("waitlisted", await Queue(school).Join(new(By(school, wish.Wish), wish.Wish, 1)));
                break;
            case "slot_full" when wish.WhenFull == WhenFull.TakeAlternative && problem.RootElement.GetProperty("alternatives") is { } others && others.GetArrayLength() > 0:
                var other = wish.Wish with { Start = InstantPattern.ExtendedIso.Parse(others[0].GetProperty("start").GetString()!).Value };
                Keep(wish, await Book(school, other, Way.Direct), other);
                break;
            case "slot_full" when wish.WhenFull == WhenFull.TakeWhatIsLeft && wish.Wish.Accommodations.IsEmpty && Left(problem.RootElement) is >= 4 and var left && left < wish.Wish.Seats:
                var some = wish.Wish with { Seats = left, Reference = $"{wish.Wish.Reference}, those who are ready" };
                Keep(wish, await Book(school, some, Way.Direct), some);
                break;
            case "fair_share" when wish.Wish.Accommodations.IsEmpty:
                // The class is split: one half sits now, the other sees to it later.
                var half = wish.Wish with { Seats = (wish.Wish.Seats + 1) / 2, Reference = $"{wish.Wish.Reference}, first half" };
                Keep(wish, await Book(school, half, Way.Direct), half);
                break;
        }
    }

    private static int Left(JsonElement problem) => problem.GetProperty("slots").EnumerateArray().Min(slot => slot.GetProperty("freeSeats").GetInt32());

    private async Task<Answer> Book(DemoSchool school, BookingWish wish, Way way)
    {
        var command = new BookCommand(By(school, wish), wish);
        if (way == Way.Direct)
            return await Queue(school).Book(command);
        var held = await Queue(school).Hold(command);
        if (held.IsProblem)
            return held;
        Took("held", held);
        return way == Way.Abandoned ? new() { Status = 204 } : await Queue(school).Confirm(new(By(school, wish), Id(held)));
    }

    private bool Keep(DemoWish wish, Answer answer, BookingWish asked)
    {
        if (answer.Status == 204 || !Took("booked", answer))
            return false;
        wish.Booking = Id(answer);
        wish.Start = asked.Start;
        wish.Seats = asked.Seats;
        return true;
    }

    private async Task Cancel(DemoSchool school, DemoStep.Cancel cancel)
    {
        if (Took("cancelled", await Queue(school).Cancel(new(By(school), cancel.Wish.Booking!.Value, cancel.Reason))))
            cancel.Wish.Booking = null;
    }

    private async Task Move(DemoSchool school, DemoStep.Move move)
    {
        if (Took("moved", await Queue(school).Reschedule(new(By(school), move.Wish.Booking!.Value, move.Start, null))))
            move.Wish.Start = move.Start;
    }

    private async Task Resize(DemoSchool school, DemoStep.Resize resize)
    {
        var seats = Math.Max(4, resize.Wish.Seats + resize.More);
        if (seats != resize.Wish.Seats && Took("resized", await Queue(school).Resize(new(By(school), resize.Wish.Booking!.Value, seats, null, null))))
            resize.Wish.Seats = seats;
    }

    private async Task Attend(DemoSchool school, DemoStep.Attend attend) => Took(
        "attended", await Queue(school).Attend(new(By(school), attend.Wish.Booking!.Value, attend.Wish.Seats - (int)(attend.Wish.Seats * attend.ShareOfNoShows))));

    private bool Took(string done, Answer answer)
    {
        if (!answer.IsProblem)
        {
            Done.AddOrUpdate(done, 1, (_, count) => count + 1);
            return true;
        }

        // A rule's no is part of the season; the house's own trouble is not, and a season with holes would be no demonstration.
        if (answer.Status is >= 500 or 429 or 404 or 400)
            throw new InvalidOperationException($"The demonstration season could not be loaded: {answer.Status} {answer.Text}");
        using var problem = JsonDocument.Parse(answer.Body!);
        Refused.AddOrUpdate(problem.RootElement.GetProperty("code").GetString()!, 1, (_, count) => count + 1);
        return false;
    }

    private IInstitutionQueueGrain Queue(DemoSchool school) => grains.GetGrain<IInstitutionQueueGrain>(school.Institution.Id.Text);

    /// <summary>An override is an operator's; everything else a teacher of the school does.</summary>
    private static Caller By(DemoSchool school, BookingWish? wish = null) => wish?.OverrideReason is not null
        ? Operator
        : new(new($"demo-teacher-{school.Institution.Id}", Role.Instructor, school.Institution.Id, "Teacher"));

    private static Guid Id(Answer answer)
    {
        using var body = JsonDocument.Parse(answer.Body!);
        return body.RootElement.GetProperty("id").GetGuid();
    }
}
