using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>What is retired is not offered, and what something to come rests on cannot be retired.</summary>
public sealed class RetirementTests
{
    private static readonly Instant _since = Scene.Now - Duration.FromDays(1);

    [Property(MaxTest = 50)]
    public void A_wish_on_anything_retired_is_refused_by_the_first_that_is(bool exam, bool pool, bool school)
    {
        var basis = Basis(exam, pool, school);
        string? first = exam ? "exam" : pool ? "pool" : school ? "institution" : null;
        foreach (var kind in Enum.GetValues<WishKind>())
        {
            var decision = BookingRules.Decide(Scene.Wish, basis, kind);
            (decision is Decision.Refused(Refusal.Retired why) ? why.Kind : null).ShouldBe(first);
            (first is null).ShouldBe(decision is Decision.Accepted);
        }

        (BookingRules.Join(Scene.Wish, basis, out _) as Refusal.Retired)?.Kind.ShouldBe(first);
        var hold = Scene.Hold(Scene.Wish, Scene.Basis, Scene.Now + Duration.FromMinutes(5));
        (BookingRules.Confirm(hold, basis) as Refusal.Retired)?.Kind.ShouldBe(first);
        (BookingRules.Confirm(hold, basis) is null).ShouldBe(first is null);
    }

    [Fact]
    public void What_a_school_has_can_still_be_cancelled_and_shrunk()
    {
        var booking = Scene.Book(Scene.Wish, Scene.Basis);
        var basis = Basis(true, true, true);
        Cancellation.Change(booking, basis).ShouldBeNull();
        Scene.Accepted(BookingRules.Resize(booking, 5, [], null, basis)).Sitting.Seats.ShouldBe(5);
        Scene.Refused<Refusal.Retired>(BookingRules.Resize(booking, 40, [], null, basis)).Kind.ShouldBe("exam");
    }

    [Property(MaxTest = 300)]
    public Property A_retired_season_counts_in_no_rule() => Prop.ForAll(
        Arb.From(
            from day in Generators.Days
            from before in Gen.Choose(-20, 20)
            from length in Gen.Choose(0, 30)
            from lead in Gen.Choose(0, 60)
            from share in Gen.Choose(1, 8)
            select (day, new Season(SeasonId.Of("s"), "s", day.PlusDays(before), day.PlusDays(before + length), lead, share / 8m, Instant.MaxValue))),
        drawn =>
        {
            var (day, season) = drawn;
            var other = new SeasonEntry(new(SeasonId.Of("o"), "o", day.PlusDays(-3), day.PlusDays(1), 30, 0.5m, null));
            var without = Catalogue.Empty.With(other, 1).Calendar;
            var retired = Catalogue.Empty.With(other, 1).With(Retirement.With(new SeasonEntry(season), _since), 2);
            retired.Seasons.Count.ShouldBe(2, "a retired season is still shown");
            retired.Calendar.DaysNeeded(day, Policy.Default).ShouldBe(without.DaysNeeded(day, Policy.Default));
            retired.Calendar.FairShare(day).ShouldBe(without.FairShare(day));
            retired.Calendar.OpensAt(day, Scene.Now).ShouldBe(without.OpensAt(day, Scene.Now));
            var back = retired.With(Retirement.With(new SeasonEntry(season with { Retired = _since }), null), 3).Calendar;
            back.Seasons.Length.ShouldBe(2);
        });

    [Property(MaxTest = 300)]
    public Property Only_what_is_to_come_rests_on_an_entry() => Prop.ForAll(
        Arb.From(
            from sitting in Generators.Sittings
            from minutes in Gen.Choose(-3_000, 3_000)
            from isCancelled in Gen.Elements(true, false)
            from isOwn in Gen.Elements(true, false)
            from kind in Gen.Elements("exam", "pool", "institution", "season")
            select (sitting, minutes, isCancelled, isOwn, kind)),
        drawn =>
        {
            var (sitting, minutes, isCancelled, isOwn, kind) = drawn;
            var now = sitting.Start + Duration.FromMinutes(minutes);
            CatalogueEntry entry = kind switch
            {
                "exam" => Scene.Exam with { Id = isOwn ? sitting.Exam : ExamId.Of("not-it") },
                "pool" => new Pool(isOwn ? sitting.Pool : PoolId.Of("not-it"), "p", DateTimeZone.Utc, "i"),
                "institution" => new InstitutionEntry(Scene.School with { Id = isOwn ? sitting.Institution : InstitutionId.Of("not-it") }),
                _ => new SeasonEntry(new(SeasonId.Of("s"), "s", isOwn ? new(1900, 1, 1) : new(2900, 1, 1), new(2900, 1, 2), 1, 1m, null)),
            };
            var booking = new Booking { Id = BookingId.New(), Sitting = sitting, Status = isCancelled ? BookingStatus.Cancelled : BookingStatus.Confirmed };
            Retirement.Rests(booking, entry, now).ShouldBe(isOwn && !isCancelled && sitting.End > now);
            var ofHold = isCancelled ? HoldStatus.Released : HoldStatus.Held;
            var hold = new Hold { Id = HoldId.New(), Sitting = sitting, ExpiresAt = sitting.Start, Status = ofHold };
            Retirement.Rests(hold, entry, now).ShouldBe(isOwn && !isCancelled && now < sitting.Start);
            var request = new Request
            {
                Id = RequestId.New(), Institution = sitting.Institution, Exam = sitting.Exam, Pool = sitting.Pool, PreferredStart = sitting.Start,
                Seats = sitting.Seats, Profile = sitting.Profile, Mode = sitting.Mode, Status = isCancelled ? RequestStatus.Withdrawn : RequestStatus.Queued,
            };
            Retirement.Rests(request, entry, now).ShouldBe(isOwn && kind != "season" && !isCancelled && now < sitting.Start);
        });

    [Fact]
    public void Retiring_and_bringing_back_changes_nothing_else()
    {
        foreach (var entry in new CatalogueEntry[] { Scene.Exam, Scene.Catalogue.Pools[Scene.PoolId].Value, new InstitutionEntry(Scene.School) })
        {
            Retirement.Of(entry).ShouldBeNull();
            var retired = Retirement.With(entry, _since);
            Retirement.Of(retired).ShouldBe(_since);
            retired.ShouldNotBe(entry);
            Retirement.With(retired, null).ShouldBe(entry);
        }

        Should.Throw<ArgumentException>(() => Retirement.With(new PolicyEntry(Policy.Default), _since));
    }

    private static DecisionBasis Basis(bool exam, bool pool, bool school)
    {
        var ofSchool = Scene.School with { Retired = school ? _since : null };
        var catalogue = Scene.Catalogue
            .With(Scene.Exam with { Retired = exam ? _since : null }, 2)
            .With(Scene.Catalogue.Pools[Scene.PoolId].Value with { Retired = pool ? _since : null }, 2)
            .With(new InstitutionEntry(ofSchool), 2);
        return new(ofSchool, Scene.State, catalogue, Scene.Now);
    }
}
