using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R14: a stream that is open ends when its reader may follow no more. The streams' timer is in the test's hand.</summary>
public sealed class R14_OpenStreams : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new();
    private TestApi _api = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _api = await TestApi.Open(configure: services =>
        services.AddKeyedSingleton<TimeProvider>(SiloSetup.Timers, _time).AddSingleton(
            // The run of a plan lasts until the server stops, or the plan is cancelled.
            new SolverProgram { File = "/bin/sh", Arguments = ["-c", "exec sleep 600", "sh"] }));

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/availability/live?pool=office&from=2026-06-01&days=7")]
    [InlineData("/api/v1/availability/stream?pool=office&from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z")]
    [InlineData("/api/v1/plans/{id}/events")]
    public async Task R14_a_stream_ends_when_the_key_of_its_reader_is_revoked(string path)
    {
        var plan = (await _api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202).Member("id");
        var made = (await _api.Operator.Post("/api-keys", Json.Of(("role", "operator"), ("name", "screen")))).Must(201);
        using var client = new HttpClient();
        using var lines = await Follow(client, path.Replace("{id}", plan, StringComparison.Ordinal), made.Member("key"));
        var rest = lines.ReadToEndAsync(Token);
        for (var second = 0; second <= 2 * ReaderWatch.SecondsBetweenChecks; second++)
            _time.Advance(TimeSpan.FromSeconds(1));
        rest.IsCompleted.ShouldBeFalse();
        (await _api.Operator.Delete($"/api-keys/{made.Member("id")}")).Must(204);
        await Until(() => rest.IsCompleted);
        await rest;
        (await _api.Operator.Delete($"/plans/{plan}")).Must(204);
    }

    [Fact]
    public async Task A_stream_of_counts_tells_a_program_when_seats_were_booked_and_ends_after_the_events_that_were_asked_for()
    {
        const string path = "/availability/stream?pool=office&from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z";
        using var client = new HttpClient();
        using var lines = await Follow(client, $"/api/v1{path}&events=2", _api.Instructor.Key!);
        var rest = lines.ReadToEndAsync(Token);
        (await _api.Instructor.Get($"{path}&events=1")).Must(200).Text.ShouldBe("event: beat\ndata: {\"at\":\"2026-03-02T12:00:00Z\"}\n\n");
        (await _api.Instructor.Post($"/institutions/{Schools.Own}/bookings", SampleBodies.Samples["Booking"].DeepClone().AsObject())).Must(201);
        await Until(() => rest.IsCompleted);
        (await rest).ShouldContain("event: counts");
        (await _api.Instructor.Get("/availability/stream?pool=gone&from=2026-06-01T00:00:00Z&to=2026-06-02T00:00:00Z")).MustRefuse(404, "unknown_pool");
        (await _api.Instructor.Get($"{path}&events=0")).MustRefuse(400, "invalid");
        (await _api.Instructor.Get(path.Replace("06-02", "09-02", StringComparison.Ordinal))).MustRefuse(400, "invalid");
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("demoted")]
    [InlineData("signed out")]
    [InlineData("session too old")]
    public async Task R14_a_stream_ends_when_its_reader_may_follow_no_more(string how)
    {
        var id = await TestPeople.Add(_api.Services, "coordinator", Schools.Own);
        var session = new BrowserSession(Guid.CreateVersion7(), _api.Clock.Now, "Firefox, Linux", false);
        await Change(id, account => account with { Sessions = [session] });
        var identity = new SignedInIdentity(new(id, Role.Coordinator, InstitutionId.Of(Schools.Own), "Reader"), SessionCookie.SchemeName, null)
        {
            Account = new(Guid.Parse(id)), Session = session.Id,
        };
        await using var watch = new ReaderWatch(
            identity, how == "demoted" ? Policies.Managers : Policies.SignedIn, _api.Services.GetRequiredService<ApiContext>(), _time, Token);
        for (var second = 0; second <= 2 * ReaderWatch.SecondsBetweenChecks; second++)
            _time.Advance(TimeSpan.FromSeconds(1));
        watch.Ended.IsCancellationRequested.ShouldBeFalse();
        if (how == "removed")
            (await _api.Operator.Delete($"/people/{id}")).Must(204);
        else if (how == "demoted")
            await Change(id, account => account with { Role = Role.Viewer });
        else if (how == "signed out")
            await Change(id, account => account with { Sessions = [] });
        else
            _api.Clock.Advance(Duration.FromDays(AccountLimits.SessionDays));
        await Until(() => watch.Ended.IsCancellationRequested);
    }

    /// <summary>Follows a stream, and returns what comes after its first line.</summary>
    private async Task<StreamReader> Follow(HttpClient client, string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _api.Url + path);
        request.Headers.Authorization = new("Bearer", key);
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        answer.EnsureSuccessStatusCode().Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Token));
        (await lines.ReadLineAsync(Token)).ShouldNotBeNull();
        return lines;
    }

    private async Task Until(Func<bool> isDone)
    {
        while (!isDone())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
            Token.ThrowIfCancellationRequested();
        }
    }

    private async Task Change(string id, Func<Account, Account> change)
    {
        await using var scope = _api.Services.CreateAsyncScope();
        var commits = scope.ServiceProvider.GetRequiredService<AccountCommits>();
        (await commits.Change(new(Guid.Parse(id)), ChangeKind.AccountChanged, change, Token)).ShouldNotBeNull();
    }
}
