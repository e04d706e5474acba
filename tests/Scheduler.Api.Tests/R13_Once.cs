using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>R13: a repeat gets the first answer, also after a crash; the same key with other content is refused; refusals are not kept.</summary>
public sealed class R13_Once
{
    private const string Bookings = $"/institutions/{Schools.Own}/bookings";

    [Fact]
    public async Task R13_a_repeat_in_another_order_of_members_gets_the_first_answer()
    {
        await using var api = await TestApi.Open();
        var first = await api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(40, 1)), ("Idempotency-Key", "k"));
        first.Status.ShouldBe(201);
        first.Header("Idempotency-Replayed").ShouldBeNull();
        var turned = new JsonObject(Schools.Booking(Schools.Slot(40, 1)).Reverse().Select(member =>
            KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
        var again = await api.Instructor.Post(Bookings, turned, ("Idempotency-Key", "k"));
        (again.Status, again.Text, again.Header("Idempotency-Replayed")).ShouldBe((201, first.Text, "true"));
        again.Headers.Location.ShouldBe(first.Headers.Location);
        again.Headers.ETag.ShouldBe(first.Headers.ETag);
        (await ApiClient.Must(api.Instructor.Get(Bookings)))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task R13_the_same_key_with_another_body_path_or_broken_body_is_refused()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(40, 1)), ("Idempotency-Key", "k")));
        (await api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(40, 2)), ("Idempotency-Key", "k"))).Code.ShouldBe("idempotency_key_reused");
        (await api.Instructor.Post($"/institutions/{Schools.Own}/holds", Schools.Booking(Schools.Slot(40, 1)),
            ("Idempotency-Key", "k"))).Code.ShouldBe("idempotency_key_reused");
        (await api.Instructor.Post(Bookings, "{", ("Idempotency-Key", "k"))).Code.ShouldBe("idempotency_key_reused");
        (await api.Caller("coordinator").Post(Bookings, Schools.Booking(Schools.Slot(40, 2)), ("Idempotency-Key", "k"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task R13_a_refusal_is_not_kept()
    {
        await using var api = await TestApi.Open();
        await Schools.NewSchool(api.Operator, "poor", vouchers: 0);
        var path = "/institutions/poor/bookings";
        (await api.Operator.Post(path, Schools.Booking(Schools.Slot(40, 1)), ("Idempotency-Key", "k"))).Code.ShouldBe("vouchers_short");
        await ApiClient.Must(api.Operator.Post("/institutions/poor/packs",
            new JsonObject { ["programme"] = "MOS", ["quantity"] = 5, ["purchasedOn"] = "2026-03-01" }));
        (await api.Operator.Post(path, Schools.Booking(Schools.Slot(40, 1)), ("Idempotency-Key", "k"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task R13_operators_calls_and_deletes_are_repeated_too_and_secrets_are_not()
    {
        await using var api = await TestApi.Open();
        var key = SampleBodies.Samples["ApiKey"].DeepClone();
        var first = await ApiClient.Must(api.Operator.Post("/api-keys", key, ("Idempotency-Key", "k")));
        ((string)first["key"]!).ShouldStartWith("sk_");
        var again = await ApiClient.Must(api.Operator.Post("/api-keys", key, ("Idempotency-Key", "k")));
        again["key"].ShouldBeNull();
        ((string)again["id"]!).ShouldBe((string)first["id"]!);
        foreach (var round in new[] { null, "true" })
        {
            var gone = await api.Caller("coordinator").Delete($"/api-keys/{first["id"]}", ("Idempotency-Key", "d"));
            (gone.Status, gone.Header("Idempotency-Replayed")).ShouldBe((204, round));
        }

        (await api.Caller("coordinator").Delete($"/api-keys/{first["id"]}")).Must(204).Header("Idempotency-Replayed").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    public async Task A_key_that_could_not_be_stored_is_400(string key)
    {
        await using var api = await TestApi.Open();
        var reply = await api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(40, 1)), ("Idempotency-Key", key));
        reply.Status.ShouldBe(400, reply.Text);
        (await api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(40, 1)),
            ("Idempotency-Key", new string('x', Domain.Limits.IdempotencyKeyCharacters + 1)))).Json["errors"]!.AsObject()
            .ShouldContainKey("Idempotency-Key");
    }

    [Fact]
    public async Task R13_after_kill_9_a_repeat_gets_the_first_answer()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-kill-").FullName;
        var setting = ("Scheduler__DataDirectory", folder);
        const string bookings = "/institutions/a/bookings";
        var wish = SmallPool.Booking(SmallPool.Slot(40, 1), 7);
        Reply first;
        using (var server = await ServerProcess.Start(setting))
        {
            await SmallPool.Everything(server.As(TestApi.OperatorKey));
            first = (await server.As(TestApi.OperatorKey).Post(bookings, wish, ("Idempotency-Key", "k"))).Must(201);
            server.Kill();
        }

        using (var server = await ServerProcess.Start(setting))
        {
            var caller = server.As(TestApi.OperatorKey);
            var again = (await caller.Post(bookings, wish, ("Idempotency-Key", "k"))).Must(201);
            (again.Text, again.Header("Idempotency-Replayed")!).ShouldBe((first.Text, "true"));
            (await caller.Get(bookings)).Must(200).Root.GetProperty("items").GetArrayLength().ShouldBe(1);
            (await caller.Get("/api-keys")).Must(200).Root.GetProperty("items").GetArrayLength().ShouldBe(1);
            (await ServerProcess.Run(["--urls", "http://127.0.0.1:0"], setting))
                .ShouldSatisfyAllConditions(failed => failed.Code.ShouldBe(69), failed => failed.Said.ShouldContain(folder));
            (await ServerProcess.Run(["check"], setting)).Code.ShouldBe(0);
            (await server.Stop()).ShouldBe(0);
            (await ServerProcess.Run(["check"], setting)).Said.ShouldContain("All adds up");
            (await ServerProcess.Run(["check"], ("Scheduler__DataDirectory", Path.Combine(folder, "nowhere")))).Code.ShouldBe(2);
        }

        Directory.Delete(folder, recursive: true);
    }
}
