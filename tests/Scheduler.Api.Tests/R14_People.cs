using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R14: who invites, changes and removes whom over HTTP. Nothing that signs a person in is ever in an answer.</summary>
public sealed class R14_People(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task R14_a_coordinator_manages_people_of_its_reach_up_to_its_own_role()
    {
        var coordinator = await api.NewCaller("coordinator", "a");
        foreach (var role in new[] { "viewer", "instructor", "coordinator" })
            (await coordinator.Post("/invitations", Invitation($"{role}@a.example", role, "a"))).Must(201).Member("role").ShouldBe(role);
        (await coordinator.Post("/invitations", Invitation("operator@a.example", "operator", null))).MustRefuse(403, "forbidden");
        (await coordinator.Post("/invitations", Invitation("x@a.example", "viewer", "x"))).MustRefuse(404, "not_found");
        (await coordinator.Post("/invitations", Invitation("x@a.example", "operator", "a"))).MustRefuse(400, "invalid");
        (await coordinator.Post("/invitations", Invitation("x@a.example", "viewer", null))).MustRefuse(400, "invalid");
        (await (await api.NewCaller("coordinator", "m")).Post("/invitations", Invitation("board@a.example", "viewer", "a"))).Must(201);
        var instructor = await TestPeople.Add(api.Services, "instructor", "a");
        var stranger = await TestPeople.Add(api.Services, "instructor", "x");
        var staff = await TestPeople.Add(api.Services, "operator", null);
        (await coordinator.Patch($"/people/{instructor}", Json.Of(("role", "coordinator")))).Must(200).Member("role").ShouldBe("coordinator");
        (await coordinator.Patch($"/people/{instructor}", Json.Of(("role", "operator")))).MustRefuse(400, "invalid");
        (await api.Operator.Patch($"/people/{staff}", Json.Of(("role", "viewer")))).MustRefuse(400, "invalid");
        foreach (var other in new[] { stranger, staff })
        {
            (await coordinator.Get($"/people/{other}")).MustRefuse(404, "not_found");
            (await coordinator.Delete($"/people/{other}")).MustRefuse(404, "not_found");
            (await coordinator.Post($"/people/{other}/recovery", null)).MustRefuse(404, "not_found");
        }

        var listed = (await coordinator.Get("/people?limit=500")).Must(200).Json["items"]!.AsArray();
        listed.ShouldNotBeEmpty();
        listed.ShouldAllBe(person => (string)person!["institution"]! == "a");
        (await coordinator.Delete($"/people/{instructor}")).Must(204);
        (await coordinator.Delete($"/people/{instructor}")).Must(204);
        (await coordinator.Get($"/people/{instructor}")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task R14_no_answer_and_no_record_shows_a_hash_or_a_link_of_somebody_else()
    {
        var made = (await api.Operator.Post("/invitations", Invitation("shown@a.example", "viewer", "a"))).Must(201);
        var secret = made.Member("link").Split("code=")[1];
        made.Text.ShouldNotContain("hash", Case.Insensitive);
        var id = await TestPeople.Add(api.Services, "viewer", "a", "hidden@a.example");
        foreach (var path in new[] { "/invitations?limit=500", "/people?limit=500", $"/people/{id}", $"/audit?subject=account/{id}",
            $"/audit?subject=invitation/{made.Member("id")}", "/audit?limit=500" })
        {
            var text = (await api.Operator.Get(path)).Must(200).Text;
            text.ShouldNotContain(secret);
            text.ShouldNotContain("securityStamp", Case.Insensitive);
            text.ShouldNotContain("passwordHash", Case.Insensitive);
            text.ShouldNotContain("secretHash", Case.Insensitive);
        }

        var rows = (await api.Operator.Get($"/audit?subject=account/{id}")).Must(200).Json["items"]!.AsArray();
        rows.Select(row => (string)row!["what"]!).ShouldBe(["account_made"]);
        ((string)rows[0]!["account"]!).ShouldBe(id);
    }

    [Fact]
    public async Task R13_an_invitation_that_is_sent_again_is_made_once_and_its_link_is_not_replayed()
    {
        var body = Invitation("again@a.example", "viewer", "a");
        var replies = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => api.Operator.Post("/invitations", body, ("Idempotency-Key", "again"))));
        replies.ShouldAllBe(reply => reply.Status == 201);
        replies.Select(reply => reply.Member("id")).Distinct().Count().ShouldBe(1);
        replies.Count(reply => reply.Header("Idempotency-Replayed") is null && reply.Json["link"] is not null).ShouldBe(1);
        (await api.Operator.Post("/invitations", Invitation("other@a.example", "viewer", "a"), ("Idempotency-Key", "again")))
            .MustRefuse(422, "idempotency_key_reused");
        var id = await TestPeople.Add(api.Services, "viewer", "a");
        var changed = await api.Operator.Patch($"/people/{id}", Json.Of(("role", "instructor")), ("Idempotency-Key", "role"));
        changed.Must(200);
        (await api.Operator.Patch($"/people/{id}", Json.Of(("role", "instructor")), ("Idempotency-Key", "role"))).Must(200)
            .Header("Idempotency-Replayed").ShouldBe("true");
    }

    [Fact]
    public async Task An_address_has_one_account_and_is_free_again_when_the_person_is_removed()
    {
        var id = await TestPeople.Add(api.Services, "viewer", "a", "Once@A.example");
        (await api.Operator.Post("/invitations", Invitation("once@a.EXAMPLE", "viewer", "a"))).MustRefuse(409, "email_taken");
        (await api.Operator.Delete($"/people/{id}")).Must(204);
        (await TestPeople.Add(api.Services, "viewer", "a", "once@a.example")).ShouldNotBe(id);
    }

    [Fact]
    public async Task R14_an_invitation_that_an_API_key_made_ends_when_the_key_is_revoked()
    {
        var key = (await api.Operator.Post("/api-keys", Json.Of(("role", "coordinator"), ("institution", "a"), ("name", "office")))).Must(201);
        var made = (await api.As(key.Member("key")).Post("/invitations", Invitation("of-a-key@a.example", "viewer", "a"))).Must(201);
        var accounts = api.Services.GetRequiredService<AccountCopy>();
        var catalogue = api.Services.GetRequiredService<CatalogueCopy>();
        var invitation = accounts.Invitations[new(Guid.Parse(made.Member("id")))];
        accounts.IsOpen(invitation, api.Clock.Now, catalogue.Current).ShouldBeTrue();
        (await api.Operator.Delete($"/api-keys/{key.Member("id")}")).Must(204);
        // Also where the revocation of the invitation itself is not known.
        accounts.IsOpen(invitation, api.Clock.Now, catalogue.Current).ShouldBeFalse();
        accounts.Invitations[invitation.Id].RevokedAt.ShouldNotBeNull();
        (await api.Operator.Get($"/audit?subject=invitation/{made.Member("id")}")).Must(200).Text.ShouldContain("invitation_revoked");
    }

    /// <summary>Bug: the coordinator of a retired school went on inviting people.</summary>
    [Fact]
    public async Task Nobody_is_invited_to_a_retired_school()
    {
        await Schools.NewSchool(api.Operator, "closing", vouchers: 0);
        var coordinator = await api.NewCaller("coordinator", "closing");
        (await coordinator.Post("/invitations", Invitation("one@closing.example", "viewer", "closing"))).Must(201);
        (await api.Operator.Delete("/institutions/closing")).Must(204);
        foreach (var caller in new[] { coordinator, api.Operator })
            (await caller.Post("/invitations", Invitation("two@closing.example", "viewer", "closing"))).MustRefuse(422, "retired");
    }

    [Fact]
    public async Task R14_the_calendar_feed_of_a_person_ends_with_the_person()
    {
        var person = await TestPeople.Add(api.Services, "instructor", "a");
        var own = ApiKeySecret.Draw();
        var made = await api.Services.GetRequiredService<IGrainFactory>().Catalogue().MakeKey(
            new(new(new("scheduler", Role.Operator, null, "Scheduler")), ApiKeySecret.Hash(own), Role.Feed, "a", "calendar", Guid.Parse(person)),
            TestContext.Current.CancellationToken);
        made.ShouldBeOfType<CommandResult<EntrySnapshot>.Done>();
        var other = (await api.Operator.Post("/api-keys", Json.Of(("role", "feed"), ("institution", "a"), ("name", $"feed of {person}"))))
            .Must(201).Member("key");
        (await Status(own)).ShouldBe(200);
        // A viewer reads the bookings on the pages, and so in a calendar.
        (await api.Operator.Patch($"/people/{person}", Json.Of(("role", "viewer")))).Must(200);
        (await Status(own)).ShouldBe(200);
        (await api.Operator.Delete($"/people/{person}")).Must(204);
        (await Status(own)).ShouldBe(404);
        (await Status(other)).ShouldBe(200);

        async Task<int> Status(string key)
        {
            using var client = new HttpClient();
            using var answer = await client.GetAsync(new Uri($"{api.Url}/feeds/{key}.ics"), TestContext.Current.CancellationToken);
            return (int)answer.StatusCode;
        }
    }

    private static string Invitation(string email, string role, string? institution) => institution is null
        ? Json.Of(("email", email), ("role", role))
        : Json.Of(("email", email), ("role", role), ("institution", institution));
}
