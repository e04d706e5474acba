using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>
/// All steps of all schools, drawn from the seed before the script is played. The same seed on the same day gives the same script. The answers to the steps are
/// not part of the script.
/// </summary>
internal sealed class DemoScript
{
    // Weights of starting hours in the school's local time, from 8:00 on. Most schools want mornings and early afternoons.
    private static readonly double[] _hours = [0.5, 1.2, 1.4, 1.0, 0.6, 1.4, 1.2, 0.5];
    private static readonly string[] _reasons =
        ["Snow day", "Clashes with a school trip", "Class is not ready yet", "Teacher is away", "Lab is closed that day", "Exam week moved by the board"];

    private static readonly string[] _overrides =
        [
            "Retake for a graduating student, agreed by phone", "Provincial skills competition, moved by its organisers",
            "Our own outage cancelled the first sitting",
        ];

    private readonly DemoDates _dates;
    private readonly DemoMoments _moments;
    private readonly ImmutableArray<LocalDate> _days;
    private readonly double[] _weights;
    private readonly List<DemoAct> _acts = [];

    private DemoScript(DemoDates dates, Instant now)
    {
        _dates = dates;
        _moments = new(dates, now);
        _days = [.. dates.ExamDays()];
        _weights = [.. _days.Select(dates.Weight)];
    }

    /// <summary>All acts in the order of their moments. Acts of one school at the same moment keep the order in which they were drawn.</summary>
    public static ImmutableArray<DemoAct> Write(ImmutableArray<DemoSchool> schools, DemoDates dates, Instant now, int seed)
    {
        var script = new DemoScript(dates, now);
        foreach (var school in schools)
            script.Add(school, seed);
        script.AddOverrides([.. schools.Where(school => school.Institution.Onboarding == Onboarding.Complete)], DemoDice.Of(seed, "overrides"));
        return [.. script._acts.OrderBy(act => act.At)];
    }

    private void Add(DemoSchool school, int seed)
    {
        var dice = DemoDice.Of(seed, $"{school.Institution.Id} wishes");
        var first = _moments.OnOrAfter(_dates.FirstBookingDay, dice)!.Value;
        foreach (var pack in school.Packs)
            _acts.Add(new(Instant.Max(first, _moments.OnOrBefore(pack.PurchasedOn, dice) ?? first), school, new DemoStep.Buy(pack)));
        var isReady = school.Institution.Onboarding.HasFlag(Onboarding.Agreement | Onboarding.Purchase | Onboarding.ItLab);
        for (var i = isReady ? school.Wishes : dice.Between(0, 2); i > 0; i--)
            AddWish(school, dice);
        if (school.Institution.Onboarding == Onboarding.Complete)
            AddRequests(school, DemoDice.Of(seed, $"{school.Institution.Id} requests"));
    }

    /// <summary>The flexible requests for the first peak are queued in the last three weeks.</summary>
    private void AddRequests(DemoSchool school, DemoDice dice)
    {
        foreach (var request in DemoRequests.Of(school, _dates, dice))
            AddIf(_moments.OnOrBefore(_dates.Today.PlusDays(-dice.Between(1, 20)), dice), school, request);
    }

    private void AddWish(DemoSchool school, DemoDice dice)
    {
        var day = _days[dice.Weighted(_weights)];
        var latest = LocalDate.Min(day.PlusDays(-_moments.DaysNeeded(day)), _dates.Today);
        // A few requests come too late and are refused.
        var asked = dice.Happens(0.015) ? day.PlusDays(-dice.Between(3, 12)) : BookingDay(day, latest, dice);
        if (_moments.OnOrBefore(asked, dice) is not { } at)
            return;
        var exam = dice.Pick(dice.Pick(school.Programmes).Exams);
        var wish = new DemoWish
        {
            Wish = DemoSittings.Wish(school, exam, day, 8 + dice.Weighted(_hours), dice),
            WhenFull = dice.Fraction() switch
            {
                < 0.35 => WhenFull.TakeAlternative,
                < 0.65 => WhenFull.TakeWhatIsLeft,
                < 0.9 => WhenFull.Wait,
                _ => WhenFull.GiveUp,
            },
            Way = dice.Fraction() switch { < 0.1 => Way.ByHold, < 0.11 => Way.Abandoned, _ => Way.Direct },
        };
        _acts.Add(new(at, school, new DemoStep.Ask(wish)));
        AddAfterwards(school, wish, day, at.InUtc().Date, dice);
    }

    private LocalDate BookingDay(LocalDate examDay, LocalDate latest, DemoDice dice)
    {
        // The finals were announced six weeks ago: 45 % of the bookings for the first peak are made on the same three days.
        if (_dates.IsPeak(examDay) && examDay < _dates.SecondPeakFrom && dice.Happens(0.45))
            return _dates.Today.PlusDays(-dice.Between(40, 42));
        var room = Period.DaysBetween(_dates.FirstBookingDay, latest);
        var lag = _dates.IsPeak(examDay) ? dice.Between(0, Math.Max(0, room)) : (int)dice.Exponential(10);
        return latest.PlusDays(-Math.Min(lag, Math.Max(0, room)));
    }

    /// <summary>
    /// Of the bookings, 17 % are cancelled, up to 12 % are moved, and 4 % are resized, if that moment is in the past. After the exam nearly all schools report
    /// how many candidates came.
    /// </summary>
    private void AddAfterwards(DemoSchool school, DemoWish wish, LocalDate day, LocalDate booked, DemoDice dice)
    {
        var fate = dice.Fraction();
        var notice = Period.DaysBetween(booked, day);
        if (fate < 0.17)
        {
            var late = dice.Happens(0.1);
            var after = Math.Min(1 + (int)dice.Exponential(9), Math.Max(1, notice - 3));
            AddIf(_moments.OnOrAfter(late ? day.PlusDays(-1) : booked.PlusDays(after), dice), school, new DemoStep.Cancel(wish, dice.Pick(_reasons)));
            return;
        }

        if (fate < 0.29)
        {
            AddMove(school, wish, day, booked, dice);
            return;
        }

        if (fate < 0.33)
            AddIf(_moments.OnOrAfter(booked.PlusDays(dice.Between(1, 10)), dice), school, new DemoStep.Resize(wish, dice.Between(-4, 3)));
        if (dice.Happens(0.93))
            AddIf(_moments.OnOrAfter(day.PlusDays(1), dice), school, new DemoStep.Attend(wish, 0.1 * dice.Fraction()));
    }

    private void AddMove(DemoSchool school, DemoWish wish, LocalDate day, LocalDate booked, DemoDice dice)
    {
        if (_moments.OnOrAfter(booked.PlusDays(dice.Between(1, 12)), dice) is not { } at)
            return;
        var to = day.PlusDays(dice.Between(-4, 10));
        while (_dates.Weight(to) <= 0.2 && to < _dates.LastCapacityDay)
            to = to.PlusDays(1);
        var earliest = at.InUtc().Date.PlusDays(_moments.DaysNeeded(to));
        if (to < earliest || day.PlusDays(-2) < at.InUtc().Date)
            return;
        var pool = DemoFleet.Pools.Single(one => one.Pool.Id == wish.Wish.Pool).Pool;
        _acts.Add(new(at, school, new DemoStep.Move(wish, DemoFleet.StartFrom(pool, to, 8 + dice.Weighted(_hours), school.Institution.Zone))));
    }

    /// <summary>An operator books for a few schools inside the lead time, each time with a written reason (R2).</summary>
    private void AddOverrides(ImmutableArray<DemoSchool> schools, DemoDice dice)
    {
        for (var i = 0; i < 6; i++)
        {
            var school = dice.Pick(schools);
            var day = _dates.Today.PlusDays(dice.Between(2, 9));
            while (!DemoDates.IsSchoolDay(day))
                day = day.PlusDays(1);
            var wish = DemoSittings.Wish(school, dice.Pick(school.Programmes[0].Exams), day, 8 + dice.Weighted(_hours), dice) with
            {
                Seats = dice.Between(1, 4),
                Accommodations = [],
                Mode = DeliveryMode.Lab,
                Reference = "with the operator",
                OverrideReason = _overrides[i % _overrides.Length],
            };
            var asked = new DemoWish { Wish = wish, WhenFull = WhenFull.TakeAlternative, Way = Way.Direct };
            AddIf(_moments.OnOrBefore(_dates.Today.PlusDays(-1), dice), school, new DemoStep.Ask(asked));
        }
    }

    private void AddIf(Instant? at, DemoSchool school, DemoStep step)
    {
        if (at is { } moment)
            _acts.Add(new(moment, school, step));
    }
}
