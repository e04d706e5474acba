using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R16, the part that decisions cover: until the announced instant the days of a season take requests only. From then on they can be booked.</summary>
public sealed class R16_Opening
{
    private static readonly Instant _opens = Scene.Now + Duration.FromDays(2);

    [Theory]
    [InlineData(-1, "collecting")]
    [InlineData(0, "accepted")]
    [InlineData(1, "accepted")]
    public void R16_a_season_opens_at_its_instant(int ticks, string code)
    {
        var basis = Scene.Basis.With(new SeasonEntry(Scene.Season(new(2027, 3, 22), new(2027, 3, 22), 0, collectUntil: _opens)));
        basis = basis with { Now = _opens + Duration.FromTicks(ticks) };
        var decision = BookingRules.Decide(Scene.Wish, basis, WishKind.Booking);
        Scene.Code(decision).ShouldBe(code);
        if (ticks < 0)
            Scene.Refused<Refusal.Collecting>(decision).OpensAt.ShouldBe(_opens);
        Scene.Code(BookingRules.Decide(Scene.Wish with { Start = Scene.At(new(2027, 3, 23), 10) }, basis, WishKind.Booking)).ShouldBe("accepted");
    }

    [Fact]
    public void R16_of_overlapping_seasons_the_last_to_open_counts()
    {
        var day = new LocalDate(2027, 3, 22);
        var calendar = new SeasonCalendar(
        [
            Scene.Season(day, day, collectUntil: _opens, id: "a"),
            Scene.Season(day, day.PlusDays(1), collectUntil: _opens + Duration.FromDays(1), id: "b"),
            Scene.Season(day, day, id: "c"),
        ]);
        calendar.OpensAt(day, Scene.Now).ShouldBe(_opens + Duration.FromDays(1));
        calendar.OpensAt(day.PlusDays(-1), Scene.Now).ShouldBeNull();
        calendar.OpensAt(day, _opens + Duration.FromDays(1)).ShouldBeNull();
    }
}
