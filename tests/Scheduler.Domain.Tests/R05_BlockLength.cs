using System.Collections.Immutable;
using FsCheck.Xunit;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R5: slots = ⌈(check-in + ⌈exam × (1 + extra)⌉ + reset) / 60⌉, and each candidate has a seat in as many slots as the candidate needs.</summary>
public sealed class R05_BlockLength
{
    [Theory]
    [InlineData(50, 5, 5, 0, 1)]
    [InlineData(50, 5, 6, 0, 2)]
    [InlineData(50, 5, 5, 25, 2)]
    [InlineData(110, 5, 5, 0, 2)]
    [InlineData(110, 5, 5, 1, 3)]
    [InlineData(60, 0, 0, 100, 2)]
    [InlineData(60, 0, 0, 101, 3)]
    [InlineData(60, 0, 0, 300, 4)]
    [InlineData(33, 0, 16, 33, 1)]
    [InlineData(33, 0, 17, 33, 2)]
    [InlineData(1, 0, 0, 0, 1)]
    public void R05_the_exams_minutes_are_rounded_up_before_the_rest_is_added(int minutes, int checkIn, int reset, int extra, int slots) =>
        BlockLength.Slots(Terms(minutes, checkIn, reset), extra).ShouldBe(slots);

    [Property(Arbitrary = [typeof(Generators)])]
    public void R05_a_profile_is_what_counting_each_candidate_minute_by_minute_gives((int Minutes, int CheckIn, int Reset) exam, ImmutableArray<int> candidates)
    {
        var perHour = new SortedDictionary<int, int>();
        foreach (var extra in candidates)
        {
            // The smallest whole number of minutes that is not less than minutes × (100 + extra) / 100, found by counting.
            var sitting = 0;
            while (sitting * 100 < exam.Minutes * (100 + extra))
                sitting++;
            for (var minute = 0; minute < exam.CheckIn + sitting + exam.Reset; minute++)
            {
                if (minute % 60 == 0)
                    perHour[minute / 60] = perHour.GetValueOrDefault(minute / 60) + 1;
            }
        }

        ImmutableArray<Accommodation> groups =
            [.. candidates.Where(extra => extra > 0).GroupBy(extra => extra).Select(group => new Accommodation(group.Count(), group.Key))];
        var profile = BlockLength.Profile(Terms(exam.Minutes, exam.CheckIn, exam.Reset), candidates.Length, groups);
        profile.Seats.ShouldBe(perHour.Values);
        profile[0].ShouldBe(candidates.Length);
        SeatProfile.Parse(profile.ToString()).ShouldBe(profile);
    }

    [Fact]
    public void R05_of_30_candidates_with_extra_time_for_2_the_first_slot_has_30_seats_and_the_second_2() =>
        BlockLength.Profile(Scene.Terms, 30, [new(2, 50)]).Seats.ShouldBe([30, 2]);

    [Fact]
    public void R05_when_all_have_extra_time_nobody_leaves_early() =>
        BlockLength.Profile(Scene.Terms, 3, [new(1, 300), new(2, 25)]).Seats.ShouldBe([3, 3, 1, 1]);

    /// <summary>Bug: a group without candidates made the block longer by slots without seats, and the profile threw an exception.</summary>
    [Fact]
    public void R05_a_group_without_candidates_does_not_make_the_block_longer() => BlockLength.Profile(Scene.Terms, 3, [new(0, 300)]).Seats.ShouldBe([3]);

    [Fact]
    public void R05_more_candidates_with_extra_time_than_candidates_throw() =>
        Should.Throw<ArgumentOutOfRangeException>(() => BlockLength.Profile(Scene.Terms, 3, [new(2, 50), new(2, 25)]));

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("2,3")]
    [InlineData("3,0")]
    [InlineData("3,-1")]
    [InlineData("+3")]
    [InlineData("3, 2")]
    [InlineData("3,")]
    [InlineData("99999999999")]
    public void R05_a_profile_never_rises_and_has_no_empty_slot(string text) => Should.Throw<FormatException>(() => SeatProfile.Parse(text));

    [Property(Arbitrary = [typeof(Generators)])]
    public void R05_profiles_compare_slot_by_slot(SeatProfile one, SeatProfile other)
    {
        var exceeds = Enumerable.Range(0, 6).Any(k => one[k] > other[k]);
        one.ExceedsAnywhere(other).ShouldBe(exceeds);
        one.ExceedsAnywhere(one).ShouldBeFalse();
        (one == other).ShouldBe(one.ToString() == other.ToString());
    }

    private static ExamTerms Terms(int minutes, int checkIn, int reset) =>
        Scene.Terms with { Minutes = minutes, CheckInMinutes = checkIn, ResetMinutes = reset };
}
