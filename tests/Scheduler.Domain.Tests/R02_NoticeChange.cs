using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R2: what a change of a season or of the policy does to the dates that can be booked today, and the horizon beside the lead times.</summary>
public sealed class R02_NoticeChange
{
    private static readonly LocalDate _today = new(2026, 3, 2);
    private static readonly Instant _now = Instant.FromUtc(2026, 3, 2, 12, 0);

    [Fact]
    public void A_longer_notice_closes_the_dates_that_it_leaves_too_near()
    {
        // 20 dates of the season lie 10 to 29 days ahead; those from 14 on can be booked, and with 25 days of notice those from 25 on.
        var before = Catalogue.Empty;
        var after = before.With(Season(10, 29, 25), 1);
        NoticeChange.Of(_today, before, after).ShouldBe(new(25 - 14, 0, _today.PlusDays(14), _today.PlusDays(25)));
        NoticeChange.Of(_today, after, before).ShouldBe(new(0, 25 - 14, _today.PlusDays(25), _today.PlusDays(14)));
        NoticeChange.Of(_today, before, before.With(Season(10, 29, 3), 1)).ShouldBe(new(0, 0, _today.PlusDays(14), _today.PlusDays(14)));
    }

    [Fact]
    public void A_shorter_horizon_closes_the_dates_beyond_it_and_refuses_a_season_that_nobody_could_book()
    {
        var shorter = Policy.Default with { HorizonDays = 20 };
        var before = Catalogue.Empty;
        NoticeChange.Of(_today, before, before.With(new PolicyEntry(shorter), 1)).ShouldBe(new(345, 0, _today.PlusDays(14), _today.PlusDays(14)));
        HorizonRules.Refuse(Season(10, 29, 25).Season, shorter, _now).ShouldBe(new Refusal.HorizonTooShort(20, 25, SeasonId.Of("s")));
        HorizonRules.Refuse(Season(10, 29, 20).Season, shorter, _now).ShouldBeNull();
        HorizonRules.Refuse(Season(-30, -10, 25).Season, shorter, _now).ShouldBeNull("the season is over");
        HorizonRules.Refuse(before.With(Season(10, 29, 25), 1).Calendar, shorter, _now).ShouldNotBeNull().LeadTimeDays.ShouldBe(25);
    }

    private static SeasonEntry Season(int from, int to, int notice) =>
        new(new(SeasonId.Of("s"), "s", _today.PlusDays(from), _today.PlusDays(to), notice, 0.5m, null));
}
