using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R3, the part that is pure code: where the capacity of a slot comes from, and how many seats are free or short.</summary>
public sealed class R03_Capacity
{
    private static readonly SlotGrid _grid = new(Scene.Toronto);
    private static readonly ImmutableArray<IsoDayOfWeek> _workdays =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static readonly WeeklyTemplate _workweek = new(new(2027, 1, 1), new(2027, 12, 31), [new(_workdays, new(8, 0), 20, 120)]);

    [Theory]
    [InlineData(7, 0)]
    [InlineData(8, 120)]
    [InlineData(19, 120)]
    [InlineData(20, 0)]
    public void R03_a_row_offers_seats_from_its_first_hour_to_before_its_last(int hour, int seats) =>
        PoolCapacity.None.With(_workweek).Seats(Scene.At(new(2027, 3, 22), hour), _grid).ShouldBe(seats);

    [Fact]
    public void R03_templates_follow_the_pools_clock_and_weekdays_across_a_clock_change()
    {
        var capacity = PoolCapacity.None.With(_workweek);

        // The clock changes between Friday, 12 March, and Monday, 15 March: 8:00 is first 13:00 UTC, then 12:00 UTC.
        capacity.Seats(Instant.FromUtc(2027, 3, 12, 13, 0), _grid).ShouldBe(120);
        capacity.Seats(Instant.FromUtc(2027, 3, 12, 12, 0), _grid).ShouldBe(0);
        capacity.Seats(Instant.FromUtc(2027, 3, 15, 12, 0), _grid).ShouldBe(120);
        capacity.Seats(Instant.FromUtc(2027, 3, 13, 15, 0), _grid).ShouldBe(0);

        // Sunday 20:00 in Toronto is Monday in UTC.
        capacity.Seats(Instant.FromUtc(2027, 3, 22, 1, 0), _grid).ShouldBe(0);
    }

    [Fact]
    public void R03_a_template_holds_on_its_first_and_last_date_and_to_midnight()
    {
        var all = Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None).ToImmutableArray();
        var capacity = PoolCapacity.None.With(new WeeklyTemplate(new(2027, 3, 1), new(2027, 3, 2), [new(all, LocalTime.Midnight, 24, 5)]));
        var starts = _grid.Starts(Scene.At(new(2027, 2, 28), 12), Scene.At(new(2027, 3, 3), 12)).Where(start => capacity.Seats(start, _grid) == 5).ToList();
        starts.Count.ShouldBe(48);
        starts[0].ShouldBe(Scene.At(new(2027, 3, 1), 0));
        starts[^1].ShouldBe(Scene.At(new(2027, 3, 2), 23));
    }

    [Fact]
    public void R03_both_one_oclock_slots_offer_seats_when_the_clocks_go_back()
    {
        var sunday = new WeeklyRow([IsoDayOfWeek.Sunday], LocalTime.Midnight, 24, 7);
        var capacity = PoolCapacity.None.With(new WeeklyTemplate(new(2026, 11, 1), new(2026, 11, 1), [sunday]));
        _grid.StartsOn(new(2026, 11, 1)).Sum(start => capacity.Seats(start, _grid)).ShouldBe(25 * 7);
    }

    [Fact]
    public void R03_exceptions_win_over_old_and_new_templates_and_a_removed_exception_gives_the_template_back()
    {
        var from = Scene.At(new(2027, 3, 22), 9);
        var to = Scene.At(new(2027, 3, 22), 12);
        var capacity = PoolCapacity.None.With(_workweek).With(new CapacityException(from, to, 30));
        int[] Day(PoolCapacity of) => [.. Enumerable.Range(8, 5).Select(hour => of.Seats(Scene.At(new(2027, 3, 22), hour), _grid))];
        Day(capacity).ShouldBe([120, 30, 30, 30, 120]);
        Day(capacity.With(_workweek with { Rows = [new(_workdays, new(8, 0), 20, 50)] })).ShouldBe([50, 30, 30, 30, 50]);
        Day(capacity.With(new CapacityException(from + Duration.FromHours(1), from + Duration.FromHours(2), 0))).ShouldBe([120, 30, 0, 30, 120]);
        Day(capacity.WithoutExceptions(from + Duration.FromHours(1), to)).ShouldBe([120, 30, 120, 120, 120]);
    }

    [Fact]
    public void R03_a_template_replaces_the_template_on_its_dates_and_on_no_others()
    {
        var inner = new WeeklyTemplate(new(2027, 3, 22), new(2027, 3, 23), [new(_workdays, new(8, 0), 20, 1)]);
        var capacity = PoolCapacity.None.With(_workweek).With(inner);
        int At(int day) => capacity.Seats(Scene.At(new(2027, 3, day), 9), _grid);
        (At(19), At(22), At(23), At(24)).ShouldBe((120, 1, 1, 120));
        capacity.Templates.Length.ShouldBe(3);
        capacity.With(_workweek with { From = new(2020, 1, 1), To = new(2030, 1, 1) }).Templates.Length.ShouldBe(1);
    }

    /// <summary>
    /// Any order of templates and exceptions, compared with a list that is read from its end: the last entry for a slot counts, exceptions before templates.
    /// </summary>
    [Property(MaxTest = 300)]
    public void R03_the_last_entry_for_a_slot_counts(int seed)
    {
        var random = new Random(seed);
        var capacity = PoolCapacity.None;
        var exceptions = new List<(int From, int To, int? Seats)>();
        var templates = new List<(int From, int To, int Seats)>();
        var first = Scene.At(new(2027, 6, 1), 0);
        for (var step = 0; step < 12; step++)
        {
            var from = random.Next(0, 240);
            var to = from + random.Next(1, 60);
            switch (random.Next(3))
            {
                case 0:
                    var days = (From: from / 24, To: to / 24);
                    var week = new WeeklyRow([.. Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day)], LocalTime.Midnight, 24, step);
                    templates.Add((days.From, days.To, step));
                    capacity = capacity.With(new WeeklyTemplate(
                        new LocalDate(2027, 6, 1).PlusDays(days.From), new LocalDate(2027, 6, 1).PlusDays(days.To), [week]));
                    break;
                case 1:
                    exceptions.Add((from, to, step));
                    capacity = capacity.With(new CapacityException(first + Duration.FromHours(from), first + Duration.FromHours(to), step));
                    break;
                default:
                    exceptions.Add((from, to, null));
                    capacity = capacity.WithoutExceptions(first + Duration.FromHours(from), first + Duration.FromHours(to));
                    break;
            }

            for (var k = 1; k < capacity.Exceptions.Length; k++)
                capacity.Exceptions[k].From.ShouldBeGreaterThanOrEqualTo(capacity.Exceptions[k - 1].To);
        }

        for (var hour = 0; hour < 300; hour++)
        {
            var exception = exceptions.LastOrDefault(entry => entry.From <= hour && hour < entry.To).Seats;
            var template = templates.LastOrDefault(entry => entry.From <= hour / 24 && hour / 24 <= entry.To).Seats;
            capacity.Seats(first + Duration.FromHours(hour), _grid).ShouldBe(exception ?? template, $"hour {hour}");
        }
    }
}
