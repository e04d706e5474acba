using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R11: the template that demand advises, against a count by hand and against every smaller capacity.</summary>
public sealed class R11_TemplateAdvice
{
    private static readonly LocalDate _monday = new(2026, 3, 2);
    private static readonly SlotGrid _grid = new(Scene.Toronto);

    [Property]
    public void R11_the_advised_seats_meet_the_wanted_share_and_one_seat_less_does_not(byte[] asked, byte wanted)
    {
        var percent = 1 + (wanted % 100);
        var weeks = asked.Take(8).ToArray();
        if (weeks.All(seats => seats == 0))
            return;
        var demand = weeks.Index().Where(week => week.Item > 0)
            .Select(week => Asked(_monday.PlusDays(7 * week.Index), 10, week.Item, (DemandKind)(week.Index % 3)));
        var hour = Advice(demand, weeks.Length, percent).ShouldHaveSingleItem();
        (hour.Day, hour.Hour, hour.Slots, hour.Peak).ShouldBe((IsoDayOfWeek.Monday, 10, weeks.Length, weeks.Max()));
        (hour.Booked + hour.Unserved + hour.Refused).ShouldBe(weeks.Sum(seats => seats));
        bool Meets(int seats) => weeks.Sum(week => Math.Min(week, seats)) * 100 >= weeks.Sum(week => week) * percent;
        Meets(hour.Seats).ShouldBeTrue();
        Meets(hour.Seats - 1).ShouldBeFalse();
    }

    [Fact]
    public void R11_every_slot_of_a_block_counts_and_slots_outside_the_range_do_not()
    {
        var late = Asked(_monday, 23, 30, DemandKind.Refused) with { Profile = new([30, 2]) };
        var hours = Advice([late, Asked(_monday.PlusDays(-1), 10, 99, DemandKind.Booked), Asked(_monday.PlusDays(14), 10, 99, DemandKind.Booked)], 2, 100);
        hours.Select(hour => (hour.Day, hour.Hour, hour.Seats, hour.Refused, hour.Offered))
            .ShouldBe([(IsoDayOfWeek.Monday, 23, 30, 30, 7), (IsoDayOfWeek.Tuesday, 0, 2, 2, 7)]);
    }

    [Fact]
    public void R11_a_refusal_of_a_day_on_which_the_school_got_the_exam_is_not_counted_twice()
    {
        var refused = Asked(_monday, 10, 30, DemandKind.Refused);
        var elsewhere = Asked(_monday, 15, 28, DemandKind.Booked) with { Pool = PoolId.Of("another") };
        var nextDay = Asked(_monday.PlusDays(1), 15, 28, DemandKind.Booked);
        var otherExam = elsewhere with { Exam = ExamId.Of("another") };
        IEnumerable<AskedBlock> Counted(params AskedBlock[] blocks) => AskedBlock.WithoutRepeats(blocks, _ => Scene.Toronto);
        Counted(refused, nextDay, otherExam).ShouldContain(refused);
        Counted(refused, elsewhere).ShouldBe([elsewhere]);
        Counted(refused, elsewhere with { Kind = DemandKind.Unserved }).Count().ShouldBe(1);
    }

    [Property]
    public void R11_the_rows_offer_what_is_advised_and_can_be_put(ushort[] seats)
    {
        ImmutableArray<AdvisedHour> hours =
        [
            .. seats.Take(168).Index().Where(hour => hour.Item > 0).Select(hour => new AdvisedHour
            {
                Day = (IsoDayOfWeek)(1 + (hour.Index / 24)), Hour = hour.Index % 24, Seats = hour.Item, Offered = 0, Slots = 1, Booked = 0, Unserved = 0,
                Refused = 0, Peak = hour.Item,
            }),
        ];
        Check(hours);
    }

    [Fact]
    public void R11_a_week_with_other_seats_in_every_hour_is_rounded_up_into_few_enough_rows() => Check(
    [
        .. Enumerable.Range(0, 168).Select(hour => new AdvisedHour
        {
            Day = (IsoDayOfWeek)(1 + (hour / 24)), Hour = hour % 24, Seats = 1 + (hour * 7), Offered = 0, Slots = 1, Booked = 0, Unserved = 0, Refused = 0,
            Peak = 1,
        }),
    ]);

    private static void Check(ImmutableArray<AdvisedHour> hours)
    {
        var rows = TemplateRows.Of(hours);
        rows.Length.ShouldBeLessThanOrEqualTo(Limits.TemplateRows);
        for (var hour = 0; hour < 168; hour++)
        {
            var (day, of) = ((IsoDayOfWeek)(1 + (hour / 24)), hour % 24);
            var offered = rows.Where(row => row.Days.Contains(day) && row.From.Hour <= of && of < row.ToHour).Select(row => row.Seats).ToList();
            var advised = hours.FirstOrDefault(one => one.Day == day && one.Hour == of)?.Seats ?? 0;
            offered.Count.ShouldBe(advised > 0 ? 1 : 0);
            if (advised > 0)
                offered[0].ShouldBeGreaterThanOrEqualTo(advised);
            if (rows.Length < Limits.TemplateRows / 2 && advised > 0)
                offered[0].ShouldBeLessThanOrEqualTo(Math.Max(advised * 2, 50_000));
        }
    }

    private static ImmutableArray<AdvisedHour> Advice(IEnumerable<AskedBlock> demand, int weeks, int percent) => TemplateAdvice.Of(
        demand, PoolCapacity.None.With(Scene.AllHours(7)), _grid, Scene.At(_monday, 0), Scene.At(_monday.PlusDays(7 * weeks), 0), percent);

    private static AskedBlock Asked(LocalDate day, int hour, int seats, DemandKind kind) =>
        new(InstitutionId.Of("a"), ExamId.Of("e"), Scene.PoolId, Scene.At(day, hour), new([seats]), kind);
}
