using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>R14: a person who was removed at another process stays signed in nowhere, also while the database cannot be read.</summary>
public sealed class AccountCopyTests : IAsyncDisposable
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-accounts-").FullName;
    private readonly ConcurrentQueue<string> _said = [];
    private readonly ConcurrentQueue<string> _read = [];
    private readonly FakeTimeProvider _time = new();
    private ILoggerFactory? _logs;
    private SeatLedger? _ledger;
    private volatile bool _isAway;
    private TimeSpan _silence;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_ledger is not null)
            await _ledger.DisposeAsync();
        _logs?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task R14_a_removal_elsewhere_that_cannot_be_read_is_tried_without_end_and_logged_and_nobody_is_judged_by_the_old_account()
    {
        var (before, _) = await Two();
        using var copy = await Open();
        _isAway = true;
        await Remove(before);
        copy.Apply([Changed(ChangeKind.AccountRemoved, before.Id.ToString())]);
        while (_said.Count < 150)
        {
            _time.Advance(_longestPause);
            await Task.Yield();
            Token.ThrowIfCancellationRequested();
        }

        _said.ShouldAllBe(line => line.Contains(before.Id.ToString()) && line.Contains("tried again"));
        copy.Accounts[before.Id].RemovedAt.ShouldBeNull("else nothing was tested");
        await Should.ThrowAsync<LedgerUnreachableException>(async () => await copy.Trusted(before.Id, Token));
        _isAway = false;
        (await copy.Trusted(before.Id, Token))!.RemovedAt.ShouldNotBeNull();
        while (copy.HasUnread)
        {
            _time.Advance(_longestPause);
            await Task.Yield();
            Token.ThrowIfCancellationRequested();
        }

        _isAway = true;
        (await copy.Trusted(before.Id, Token))!.RemovedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task R14_without_news_for_longer_than_the_limit_each_request_reads_the_account()
    {
        var (before, other) = await Two();
        using var copy = await Open();
        await Remove(before);
        _silence = TimeSpan.FromSeconds(AccountLimits.SecondsWithoutNews);
        (await copy.Trusted(before.Id, Token))!.RemovedAt.ShouldBeNull();
        _silence += TimeSpan.FromTicks(1);
        (await copy.Trusted(before.Id, Token))!.RemovedAt.ShouldNotBeNull();
        _isAway = true;
        await Should.ThrowAsync<LedgerUnreachableException>(async () => await copy.Trusted(other.Id, Token));
    }

    [Fact]
    public async Task A_sign_in_elsewhere_reads_the_one_account_that_the_feed_names()
    {
        var (before, _) = await Two();
        using var copy = await Open();
        copy.Apply([Changed(ChangeKind.AccountSignedIn, before.Id.ToString()), Changed(ChangeKind.BookingMade, "none")]);
        while (copy.HasUnread)
            await Task.Yield();
        _read.ShouldBe([$"Account {before.Id}"]);
    }

    private async Task<(Account First, Account Second)> Two()
    {
        _logs = LoggerFactory.Create(log => log.AddProvider(new HeardLog(_said)).AddFilter((category, _) => category == typeof(AccountCopy).FullName));
        _ledger = await SeatLedger.Open(new() { DataDirectory = _folder }, new TestClock(TestApi.Start), _logs, Token);
        var first = Person("first@school.example");
        var second = Person("second@school.example");
        foreach (var account in new[] { first, second })
            await Commit(ChangeKind.AccountMade, account);
        return (first, second);
    }

    private Task<AccountCopy> Open() => AccountCopy.Open(_ledger!, _logs!, new()
    {
        Row = async (kind, id, cancellation) =>
        {
            _read.Enqueue($"{kind} {id}");
            return _isAway ? throw new LedgerUnreachableException("away", null) : await _ledger!.Read.PrivateRow(kind, id, cancellation);
        },
        Silence = () => _silence,
        Time = _time,
    });

    private Task Remove(Account account) => Commit(ChangeKind.AccountRemoved, account with { RemovedAt = TestApi.Start, Version = 2 });

    private async Task Commit(ChangeKind kind, Account account)
    {
        var change = new Change
        {
            Record = new() { At = TestApi.Start, Who = "tests", Kind = kind, Subject = account.Id.ToString() }, Rows = [AccountCommits.Row(account)],
        };
        (await _ledger!.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Committed>();
    }

    private static Account Person(string email) => new()
    {
        Id = AccountId.New(), Name = "Ms Birch", Email = email, Role = Role.Operator, MadeAt = TestApi.Start, SecurityStamp = "stamp",
    };

    private static FeedChange Changed(ChangeKind kind, string subject) => new() { Kind = kind, Subject = subject };
}
