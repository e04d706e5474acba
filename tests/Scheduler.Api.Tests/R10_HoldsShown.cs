using NodaTime;

namespace Scheduler.Tests;

/// <summary>R10: the list of an institution's holds, and the balance of its vouchers, are right from the instant of a lapse on, whoever looks first.</summary>
public sealed class R10_HoldsShown(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task R10_the_list_of_holds_and_the_vouchers_count_a_lapsed_hold_as_free_from_its_instant_on()
    {
        await SmallPool.School(api.Operator, "holder", null, vouchers: 50);
        var (instructor, viewer) = (await api.NewCaller("instructor", "holder"), await api.NewCaller("viewer", "holder"));
        (await instructor.Post("/institutions/holder/bookings", SmallPool.Booking(SmallPool.Slot(60, 9), 7))).Must(201);
        var released = (await instructor.Post("/institutions/holder/holds", SmallPool.Booking(SmallPool.Slot(60, 10), 3))).Must(201).Member("id");
        var held = (await instructor.Post("/institutions/holder/holds", SmallPool.Booking(SmallPool.Slot(60, 11), 5))).Must(201);
        (await instructor.Delete($"/holds/{released}")).Must(204);

        var start = api.Clock.Now;
        try
        {
            (await Holds(viewer)).ShouldBe([(held.Member("id"), "held"), (released, "released")]);
            (await Vouchers(viewer)).ShouldBe((38, 12));
            api.Clock.Set(NodaTime.Text.InstantPattern.ExtendedIso.Parse(held.Member("expiresAt")).Value);
            (await Holds(viewer)).ShouldBe([(held.Member("id"), "lapsed"), (released, "released")]);
            (await Vouchers(viewer)).ShouldBe((43, 7));
        }
        finally
        {
            api.Clock.Set(start);
        }

        var first = (await viewer.Get("/institutions/holder/holds?limit=1")).Must(200);
        var second = (await viewer.Get($"/institutions/holder/holds?limit=1&cursor={first.Member("next")}")).Must(200);
        second.Root.GetProperty("next").GetString().ShouldBeNull();
        (await viewer.Get("/institutions/holder/holds?cursor=live.1.2")).MustRefuse(400, "invalid");
    }

    [Fact]
    public async Task R10_a_hold_is_replaced_in_one_change_where_only_its_own_seats_would_do()
    {
        await SmallPool.School(api.Operator, "changer", null, vouchers: 20);
        var instructor = await api.NewCaller("instructor", "changer");
        var start = SmallPool.Slot(61, 9);
        var held = (await instructor.Post("/institutions/changer/holds", SmallPool.Booking(start, 15))).Must(201);
        var full = (await instructor.Post($"/holds/{held.Member("id")}/replace", Json.Of(("seats", 21)))).MustRefuse(422, "vouchers_short");
        full.Number("vouchersShort").ShouldBe(1);
        (await instructor.Get($"/holds/{held.Member("id")}")).Member("status").ShouldBe("held");
        var (path, body, key) = ($"/holds/{held.Member("id")}/replace", Json.Of(("seats", 20), ("mode", "online")), ("Idempotency-Key", "twenty"));
        var next = (await instructor.Post(path, body, key)).Must(201);
        (next.Number("seats"), next.Member("mode"), next.Member("expiresAt")).ShouldBe((20, "online", held.Member("expiresAt")));
        next.Header("Location").ShouldEndWith($"/holds/{next.Member("id")}");
        (await instructor.Get($"/holds/{held.Member("id")}")).Member("status").ShouldBe("released");
        (await Holds(instructor, "changer")).ShouldBe([(next.Member("id"), "held"), (held.Member("id"), "released")]);
        (await instructor.Post($"/holds/{held.Member("id")}/replace", Json.Of(("seats", 2)))).MustRefuse(409, "hold_lapsed");
        (await instructor.Post(path, body, key)).Must(201).Member("id").ShouldBe(next.Member("id"));
        (await instructor.Post($"/holds/{next.Member("id")}/confirm", null)).Must(201).Number("seats").ShouldBe(20);
    }

    [Fact]
    public async Task R07_the_balance_lists_programmes_page_by_page_and_ends_with_null()
    {
        await SmallPool.School(api.Operator, "buyer", null, vouchers: 9);
        foreach (var (exam, programme, day) in new[] { ("acp", "ACP & more", "2026-01-20"), ("unity", "Unity", "2024-01-20") })
        {
            (await api.Operator.Put($"/exams/{exam}", Json.Of(
                ("programme", programme), ("name", exam), ("minutes", 50), ("checkInMinutes", 5), ("resetMinutes", 5), ("pools", new[] { "p" }),
                ("modes", new[] { "lab" })))).Must(200);
            (await api.Operator.Post("/institutions/buyer/packs", Json.Of(("programme", programme), ("quantity", 4), ("purchasedOn", day)))).Must(201);
        }

        var who = await api.NewCaller("viewer", "buyer");
        var first = (await who.Get("/institutions/buyer/vouchers?limit=2")).Must(200);
        Programmes(first).ShouldBe(["ACP & more 4", "MOS 9"]);
        var second = (await who.Get($"/institutions/buyer/vouchers?limit=2&cursor={Uri.EscapeDataString(first.Member("next"))}")).Must(200);
        Programmes(second).ShouldBe(["Unity 0"]);
        second.Root.GetProperty("next").GetString().ShouldBeNull();
        second.Root.GetProperty("items")[0].GetProperty("periods").GetArrayLength().ShouldBe(0);
        first.Root.GetProperty("items")[0].GetProperty("periods")[0].GetProperty("expiresOn").GetString().ShouldBe("2027-01-20");
    }

    private static IEnumerable<string> Programmes(Reply page) => page.Root.GetProperty("items").EnumerateArray()
        .Select(entry => $"{entry.GetProperty("programme").GetString()} {entry.GetProperty("remaining").GetInt32()}");

    private static async Task<List<(string Id, string Status)>> Holds(ApiClient who, string school = "holder") =>
    [
        .. (await who.Get($"/institutions/{school}/holds")).Must(200).Root.GetProperty("items").EnumerateArray()
            .Select(hold => (hold.GetProperty("id").GetString()!, hold.GetProperty("status").GetString()!)),
    ];

    private static async Task<(int Remaining, int SetAside)> Vouchers(ApiClient who)
    {
        var balance = (await who.Get("/institutions/holder/vouchers")).Must(200).Root.GetProperty("items")[0];
        return (balance.GetProperty("remaining").GetInt32(), balance.GetProperty("setAside").GetInt32());
    }
}
