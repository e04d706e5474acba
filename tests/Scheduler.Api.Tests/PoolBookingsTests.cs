using System.Text.Json.Nodes;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>What an operator sees of a pool: who is booked in some hours, and whose bookings keep a capacity from being lowered.</summary>
public sealed class PoolBookingsTests
{
    [Fact]
    public async Task An_operator_sees_who_is_booked_in_a_pool_and_hour()
    {
        await using var api = await TestApi.Open();
        var nine = Schools.Slot(40, 9);
        var hour = Duration.FromHours(1);
        var before = await Book(api, Schools.Own, nine - hour, 1);
        var own = await Book(api, Schools.Own, nine, 2);
        var foreign = await Book(api, Schools.Foreign, nine, 3);
        var cancelled = await Book(api, Schools.Foreign, nine, 4);
        (await api.Operator.Post($"/bookings/{cancelled}/cancel", null)).Must(200);
        await Book(api, Schools.Own, nine + hour, 5);
        (await Ids(api, nine, nine + hour)).ShouldBe(InOrder(own, foreign, cancelled));
        (await Ids(api, nine, nine + hour, "&status=confirmed")).ShouldBe(InOrder(own, foreign));
        (await Ids(api, nine + Duration.FromMinutes(20), nine + Duration.FromMinutes(30), "&status=confirmed")).ShouldBe(InOrder(own, foreign));
        (await Ids(api, nine - Duration.FromMinutes(1), nine + Duration.FromSeconds(1), "&status=confirmed")).ShouldBe(InOrder(before, own, foreign));
        var paged = new List<string>();
        string? cursor = null;
        do
        {
            var page = await ApiClient.Must(api.Operator.Get($"{Path(nine, nine + hour)}&limit=2{(cursor is null ? "" : $"&cursor={cursor}")}"));
            paged.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        paged.ShouldBe(InOrder(own, foreign, cancelled));
    }

    [Fact]
    public async Task The_range_is_checked_and_a_pool_that_is_not_there_is_named()
    {
        await using var api = await TestApi.Open();
        var nine = Schools.Slot(40, 9);
        (await api.Operator.Get("/bookings")).MustRefuse(400, "invalid").Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["pool", "from", "to"]);
        foreach (var to in new[] { nine, nine - Duration.FromHours(1), nine + Duration.FromDays(35) + Duration.FromSeconds(1) })
            (await api.Operator.Get(Path(nine, to))).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("to");
        (await api.Operator.Get(Path(nine, nine + Duration.FromDays(35)))).Must(200);
        (await api.Operator.Get(Path(nine, nine + Duration.FromHours(1)).Replace(Schools.Pool, "absent", StringComparison.Ordinal)))
            .MustRefuse(404, "unknown_pool");
        (await api.Operator.Get($"{Path(nine, nine + Duration.FromHours(1))}&cursor=x")).MustRefuse(400, "invalid");
        (await api.Caller("coordinator").Get(Path(nine, nine + Duration.FromHours(1)))).MustRefuse(403, "forbidden");
        foreach (var list in new[] { "/audit", $"/institutions/{Schools.Own}/bookings" })
        {
            (await api.Operator.Get($"{list}?from={Schools.Text(nine)}&to={Schools.Text(nine - Duration.FromHours(1))}"))
                .MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("to");
        }
    }

    /// <summary>
    /// Bug: the refusal read the first thousand bookings between the first and the last short hour, and named those of them that have seats in a short hour: 5
    /// of 10.
    /// </summary>
    [Fact]
    public async Task R03_a_capacity_below_what_is_booked_names_every_booking_and_hold_in_the_short_hours()
    {
        await using var api = await TestApi.Open();
        var first = Schools.Slot(40, 9);
        var last = Schools.Slot(42, 9);
        List<string> bookings = [], holds = [];
        foreach (var start in new[] { first, last })
        {
            for (var i = 0; i < 5; i++)
                bookings.Add(await Book(api, i % 2 == 0 ? Schools.Own : Schools.Foreign, start, 20));
            holds.Add((await api.Operator.Post($"/institutions/{Schools.Own}/holds", Schools.Booking(start, 1))).Must(201).Member("id"));
        }

        // More bookings in the hours between than one refusal names. These hours are not short.
        await Task.WhenAll(Enumerable.Range(0, 1_001).Select(
            i => Book(api, i % 2 == 0 ? Schools.Own : Schools.Foreign, first + Duration.FromHours(1 + (i % 40)), 1)));
        var lowered = new JsonObject { ["from"] = Schools.Text(first), ["to"] = Schools.Text(last + Duration.FromHours(1)), ["seats"] = 50 };
        var refused = (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", lowered)).MustRefuse(409, "capacity_below_booked").Json;
        refused["slots"]!.AsArray().Count.ShouldBe(2);
        refused["bookings"]!.AsArray().Select(id => (string)id!).ShouldBe(bookings, ignoreOrder: true);
        refused["holds"]!.AsArray().Select(id => (string)id!).ShouldBe(holds);
        ((int)refused["bookingsTotal"]!, (int)refused["holdsTotal"]!).ShouldBe((10, 2));

        // When every hour is short, the first thousand are named, and all are counted.
        lowered["seats"] = 0;
        refused = (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", lowered)).MustRefuse(409, "capacity_below_booked").Json;
        refused["bookings"]!.AsArray().Count.ShouldBe(Domain.Limits.NamedInRefusal);
        ((int)refused["bookingsTotal"]!).ShouldBe(1_011);
    }

    private static IEnumerable<string> InOrder(params string[] ids) => ids.Order(StringComparer.Ordinal);

    private static async Task<string> Book(TestApi api, string school, Instant start, int seats) =>
        (await api.Operator.Post($"/institutions/{school}/bookings", Schools.Booking(start, seats))).Must(201).Member("id");

    private static string Path(Instant from, Instant to) => $"/bookings?pool={Schools.Pool}&from={Schools.Text(from)}&to={Schools.Text(to)}";

    private static async Task<List<string>> Ids(TestApi api, Instant from, Instant to, string more = "") =>
        [.. (await ApiClient.Must(api.Operator.Get(Path(from, to) + more)))["items"]!.AsArray().Select(item => (string)item!["id"]!)];
}
