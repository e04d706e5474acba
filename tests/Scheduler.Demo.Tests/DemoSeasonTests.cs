using NodaTime;
using Scheduler.Demo;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Tests;

public sealed class DemoSeasonTests(LoadedDemo demo, ITestOutputHelper output)
{
    [Fact]
    public async Task A_season_is_loaded_into_an_empty_ledger_adds_up_and_is_not_loaded_twice()
    {
        var (silo, report) = (demo.Silo, demo.Report);
        output.WriteLine(string.Join(' ', report.Done) + " | refused " + string.Join(' ', report.Refused) + $" | short {report.ShortSeats}");

        // R3, R6, R7, R2: re-added from rows by code that shares nothing with what wrote them. The forced shortfall is recorded, so it is no finding.
        (await LedgerCheck.Run(silo.Settings, TestContext.Current.CancellationToken)).ShouldBeEmpty();

        var catalogue = silo.Catalogue.Current;
        catalogue.Pools.Count.ShouldBe(6);
        catalogue.Pools.Values.Select(pool => pool.Value.Zone.Id).Distinct().Count().ShouldBe(4);
        catalogue.Pools.Values.ShouldContain(pool => pool.Value.Zone.Id == "America/St_Johns");
        catalogue.Institutions.Count.ShouldBe(312);
        catalogue.Institutions.Values.Count(one => one.Value.Board is null).ShouldBe(12);
        catalogue.Exams.Values.Select(exam => exam.Value.Programme).Distinct().Count().ShouldBe(9);
        report.Done["booked"].ShouldBeInRange(5_000, 8_000);
        var changed = (report.Done["cancelled"] + report.Done["moved"]) / (double)report.Done["booked"];
        changed.ShouldBeInRange(0.12, 0.28);
        report.Done["attended"].ShouldBeGreaterThan(500);
        report.Done["waitlisted"].ShouldBeGreaterThan(30);
        report.Done["queued"].ShouldBeInRange(1_500, 4_000);
        report.FullHours.ShouldBeGreaterThan(20);
        report.ShortSeats.ShouldBeGreaterThan(0);
        foreach (var code in (string[])["fair_share", "lab_seats_exceeded", "lead_time", "not_ready", "slot_full", "vouchers_short"])
            report.Refused[code].ShouldBeInRange(10, 900, code);
        (await silo.Ledger.Read.AllQueuedRequests(TestContext.Current.CancellationToken)).Length.ShouldBeGreaterThan(20);

        // The clock is the real one again, and a second load is refused.
        silo.Clock.GetCurrentInstant().ShouldBe(DemoSilo.Now);
        await Should.ThrowAsync<InvalidOperationException>(() => silo.Load());
    }

    [Fact]
    public void The_same_seed_on_the_same_day_gives_the_same_script_and_another_seed_another()
    {
        var once = Script(1);
        Script(1).ShouldBe(once);
        Script(2).ShouldNotBe(once);
    }

    [Theory]
    [InlineData("2026-11-24")]
    [InlineData("2027-02-27")]
    [InlineData("2027-06-06")]
    [InlineData("2028-12-31")]
    public void Its_dates_follow_today(string today)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(today).Value;
        var dates = new DemoDates(day);
        Period.DaysBetween(day, dates.FirstPeakFrom).ShouldBeInRange(35, 42);
        Period.DaysBetween(day, dates.FirstPeakTo).ShouldBeInRange(56, 67);
        Period.DaysBetween(dates.FirstPeakFrom, dates.SecondPeakFrom).ShouldBeInRange(149, 160);
        var now = day.AtMidnight().InUtc().ToInstant() + Duration.FromHours(15);
        var script = DemoScript.Write(DemoSchools.Make(1, day), dates, now, 1);
        script.ShouldAllBe(act => act.At < now);
        script.Length.ShouldBeGreaterThan(7_000);
    }

    [Fact]
    public void Classes_have_a_median_of_about_25_and_sit_in_school_hours_on_school_days()
    {
        var dates = new DemoDates(DemoSeason.Today(DemoSilo.Now));
        var schools = DemoSchools.Make(DemoSeason.DefaultSeed, dates.Today);
        var asked = DemoScript.Write(schools, dates, DemoSilo.Now, DemoSeason.DefaultSeed).Where(act => act.Step is DemoStep.Ask).ToList();
        var seats = asked.Select(act => ((DemoStep.Ask)act.Step).Wish.Wish.Seats).Order().ToList();
        seats[seats.Count / 2].ShouldBeInRange(23, 27);
        foreach (var act in asked)
        {
            var local = ((DemoStep.Ask)act.Step).Wish.Wish.Start.InZone(act.School.Institution.Zone);
            local.Hour.ShouldBeInRange(8, 15);
            local.DayOfWeek.ShouldNotBe(IsoDayOfWeek.Sunday);
            DemoDates.IsHoliday(local.Date).ShouldBeFalse();
        }

        schools.Select(school => school.Institution.Id).Distinct().Count().ShouldBe(300);
    }

    private static string Script(int seed)
    {
        var dates = new DemoDates(DemoSeason.Today(DemoSilo.Now));
        var script = DemoScript.Write(DemoSchools.Make(seed, dates.Today), dates, DemoSilo.Now, seed);
        return string.Join('\n', script.Select(act => $"{act.At} {act.School.Institution.Id} {Text(act.Step)}"));
    }

    private static string Text(DemoStep step) => step switch
    {
        DemoStep.Ask ask => $"{ask.Wish.Wish with { Accommodations = [] }} {string.Join(',', ask.Wish.Wish.Accommodations)} {ask.Wish.WhenFull} {ask.Wish.Way}",
        DemoStep.Queue queue =>
            $"{queue.Wish with { Accommodations = [] }} {string.Join(',', queue.Wish.Accommodations)} "
            + $"{queue.Window with { Days = [] }} {string.Join(',', queue.Window.Days)} {queue.MinGroup}",
        DemoStep.Move move => $"move to {move.Start}",
        DemoStep.Cancel cancel => $"cancel: {cancel.Reason}",
        _ => step.ToString().Replace("Scheduler.Demo.DemoWish", "", StringComparison.Ordinal),
    };
}
