using System.Collections.Immutable;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>What each cell of the grid says, and in which row it stands.</summary>
public sealed class SlotGridViewTests
{
    private static readonly DateTimeZone _toronto = DateTimeZoneProviders.Tzdb["America/Toronto"];
    private static readonly Instant _now = Instant.FromUtc(2026, 11, 17, 19, 14);
    private static readonly LocalDate _monday = new(2026, 12, 7);

    [Fact]
    public void A_day_inside_the_notice_says_so_and_the_first_day_after_it_is_the_earliest()
    {
        var grid = Grid(new(2026, 11, 30), (_, _) => (120, 100));
        grid.Days[0].Block.ShouldBe(CellState.Notice);
        grid.Days[1].IsEarliest.ShouldBeTrue();
        grid.Days.Count(day => day.IsEarliest).ShouldBe(1);
        grid.Days[6].IsClosed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(100, 100, null, CellState.Fits)]
    [InlineData(12, 100, "slot_full", CellState.TooFew)]
    [InlineData(0, 100, "slot_full", CellState.Full)]
    [InlineData(46, 1, "slot_full", CellState.LaterFull)]
    [InlineData(46, -1, "closed", CellState.LaterClosed)]
    [InlineData(46, 100, "proctors_exceeded", CellState.Rule)]
    [InlineData(0, 100, "proctors_exceeded", CellState.Full)]
    public void A_cell_says_what_is_in_the_way(int free, int later, string? whyNot, CellState state)
    {
        var start = At(9, 10);
        var grid = Grid(_monday, (_, hour) => hour == 10 ? (120, free) : hour == 11 && later < 0 ? (0, 0) : (120, Math.Max(0, later)), [22, 2], start, whyNot);
        grid.Cells.Single(cell => cell.Start == start).State.ShouldBe(state);
    }

    [Theory]
    [InlineData(96, 1)]
    [InlineData(95, 2)]
    [InlineData(72, 2)]
    [InlineData(54, 3)]
    [InlineData(53, 4)]
    [InlineData(39, 5)]
    [InlineData(26, 6)]
    public void Stronger_colour_means_fewer_free_seats(int free, int step) => ColourScale.StepOfFree(free, 120).ShouldBe(step);

    [Fact]
    public void The_hour_that_comes_twice_has_two_rows()
    {
        var grid = Grid(new(2026, 10, 26), (_, _) => (10, 10), allHours: true);
        var ones = grid.Rows.Where(row => row.Time == new LocalTime(1, 0)).ToList();
        ones.Count.ShouldBe(2);
        ones.ShouldAllBe(row => row.Offset != null && row.Cells[6] != null);
        ones[1].Cells.Take(6).ShouldAllBe(cell => cell == null);
    }

    [Fact]
    public void The_hour_that_does_not_exist_has_a_cell_that_says_so()
    {
        var grid = Grid(new(2027, 3, 8), (_, _) => (10, 10), allHours: true);
        grid.Rows.Single(row => row.Time == new LocalTime(2, 0)).Cells[6]!.State.ShouldBe(CellState.Skipped);
        // Each hour that there is has a start of its own, so that starts nearby can be offered on such a day.
        grid.Cells.Select(cell => cell.Start).ShouldBeUnique();
        NearbyStart.Of(grid, new([1]), grid.Cells.First().Start, _toronto).ShouldNotContain(start => start.FreePerSlot.IsEmpty);
    }

    [Fact]
    public void Starts_near_a_wanted_one_are_found_in_the_week_in_which_the_clock_skips_an_hour()
    {
        // The skipped hour has the start of the hour after it, so two cells of the week have one start.
        var grid = Grid(new(2027, 3, 8), (_, _) => (10, 10), [2], allHours: true);
        var starts = grid.Cells.Where(cell => cell.State == CellState.Fits).Select(cell => cell.Start).ToList();
        starts.ShouldNotBeEmpty();
        var near = NearbyStart.Of(grid, new([2]), starts[0], _toronto).ToList();
        near.Select(one => one.Start).ShouldBe(starts.Skip(1), ignoreOrder: true);
        near.ShouldAllBe(one => one.FreePerSlot.Length == 1 && one.FreePerSlot[0] == 10);
    }

    [Fact]
    public void A_pool_half_an_hour_away_has_rows_at_half_past()
    {
        var grid = Grid(_monday, (_, _) => (10, 10), zone: DateTimeZoneProviders.Tzdb["America/St_Johns"]);
        grid.Rows.ShouldAllBe(row => row.Time.Minute == 30);
    }

    private static Instant At(int day, int hour) => _toronto.AtStrictly(new LocalDateTime(2026, 12, day, hour, 0)).ToInstant();

    private static SlotGridView Grid(
        LocalDate from, Func<LocalDate, int, (int Capacity, int Free)> figures, int[]? profile = null, Instant? refused = null, string? whyNot = null,
        bool allHours = false, DateTimeZone? zone = null)
    {
        var pool = new Pool(PoolId.Of("office"), "Office", zone ?? _toronto, "office");
        var question = new GridQuestion
        {
            Pool = pool,
            Zone = _toronto,
            From = from,
            Now = _now,
            Catalogue = Catalogue.Empty,
            Look = minutes =>
            {
                var local = SlotMinutes.ToInstant(minutes).InZone(_toronto).LocalDateTime;
                var isOpen = allHours || (local.DayOfWeek != IsoDayOfWeek.Sunday && local.Hour is >= 8 and < 20);
                var (capacity, free) = figures(local.Date, local.Hour);
                return isOpen ? new(capacity, free) : new(0, 0);
            },
            Profile = profile is null ? default : new(ImmutableArray.Create(profile)),
        };
        return SlotGridView.Of(profile is null ? question : question with
        {
            Fits = [.. pool.Grid.Starts(question.Begin, question.End).Select(start => new StartFit(SlotMinutes.Of(start), start == refused ? whyNot : null))],
        });
    }
}
