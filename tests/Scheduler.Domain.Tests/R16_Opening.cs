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

    /// <summary>The figures are those of common tools: <c>printf %s SEED | sha256sum</c>, and the same of <c>SEED:ID</c>.</summary>
    [Fact]
    public void R16_anybody_can_compute_the_hash_and_the_lots()
    {
        const string seed = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
        OpeningSeed.Hash(seed).ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(seed))));
        RequestId[] requests = [.. Enumerable.Range(1, 50).Select(k => new RequestId(new Guid(k, 0, 0, new byte[8])))];
        var order = OpeningSeed.Order(seed, requests);
        order.ShouldBe(requests, ignoreOrder: true);
        order.Select(request => OpeningSeed.Lot(seed, request)).ShouldBeInOrder(SortDirection.Ascending, StringComparer.Ordinal);
        order.ShouldBe(OpeningSeed.Order(seed, requests.Reverse()));
        order.ShouldNotBe(OpeningSeed.Order(OpeningSeed.Draw(), requests));
        OpeningSeed.Draw().Length.ShouldBe(64);
        OpeningSeed.Solver(seed).ShouldBeInRange(0, int.MaxValue);
    }

    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(0, 1, 0, false)]
    [InlineData(0, 0, -1, false)]
    [InlineData(-1, 0, 0, false)]
    public void R16_the_plan_of_an_opening_is_made_after_the_collecting_and_covers_all_days(int ticks, int hoursLate, int hoursShort, bool isWhole)
    {
        var season = Scene.Season(new(2027, 3, 22), new(2027, 3, 24), collectUntil: _opens) with { SeedHash = "hash" };
        var pool = Scene.Basis.Catalogue.Pools.Values.First().Value;
        var (from, to) = (pool.Zone.AtStartOfDay(season.From).ToInstant(), pool.Zone.AtStartOfDay(season.To.PlusDays(1)).ToInstant());
        PlanScope scope = new(
            [.. Scene.Basis.Catalogue.Pools.Keys.Order()], from + Duration.FromHours(hoursLate), to + Duration.FromHours(hoursShort), 30, false);
        var now = _opens + Duration.FromTicks(ticks);
        PlanOpening.Of(season, scope, Scene.Basis.Catalogue, now).ShouldBe(new PlanOpening(season.Id, "hash", isWhole));
        PlanOpening.Of(season with { SeedHash = null }, scope, Scene.Basis.Catalogue, now).ShouldBeNull();
        PlanOpening.Of(season with { CollectUntil = null }, scope, Scene.Basis.Catalogue, now).ShouldBeNull();
        PlanOpening.Of(season with { Retired = now }, scope, Scene.Basis.Catalogue, now).ShouldBeNull();
        PlanOpening.Of(season, scope with { From = to, To = to + Duration.FromDays(1) }, Scene.Basis.Catalogue, now).ShouldBeNull();
        PlanOpening.Of(season, scope, Scene.Basis.Catalogue, to + Duration.FromDays(2)).ShouldBeNull();
    }
}
