using Microsoft.Data.Sqlite;

namespace Scheduler.Ledger.Tests;

/// <summary>The bounded queue of reads.</summary>
public sealed class ReadThreadsTests : IDisposable
{
    private readonly ManualResetEventSlim _release = new();
    private readonly TaskCompletionSource _entered = new();
    private readonly ReadThreads _threads = new(Open, threads: 1, mostWaiting: 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _release.Set();
        _threads.Dispose();
        _release.Dispose();
    }

    [Fact]
    public async Task Past_the_bound_readers_are_told_to_come_back()
    {
        var first = await Block();
        var waiting = new[] { _threads.Run(_ => 1, Token), _threads.Run(_ => 2, Token) };
        await Should.ThrowAsync<LedgerBusyException>(() => _threads.Run(_ => 3, Token));
        _release.Set();
        await first;
        (await Task.WhenAll(waiting)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_read_cancelled_while_it_waits_is_not_run_and_frees_its_place()
    {
        var first = await Block();
        using var source = new CancellationTokenSource();
        var isRun = false;
        var cancelled = _threads.Run(_ => isRun = true, source.Token);
        var second = _threads.Run(_ => 2, Token);
        await source.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => cancelled);
        var third = _threads.Run(_ => 3, Token);
        _release.Set();
        await first;
        (await Task.WhenAll(second, third)).ShouldBe([2, 3]);
        isRun.ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_who_cancels_a_read_under_way_is_released_while_the_read_goes_on()
    {
        using var source = new CancellationTokenSource();
        var first = await Block(source.Token);
        await source.CancelAsync();
        first.IsCanceled.ShouldBeTrue();
        var second = _threads.Run(_ => 2, Token);
        second.IsCompleted.ShouldBeFalse("the one thread still reads for the caller who left");
        _release.Set();
        (await second).ShouldBe(2);
        first.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task The_probe_answers_within_its_bound_while_the_database_hangs_and_recovers_with_it()
    {
        // The clock rings at once: the probe's bound has passed as soon as the probe waits.
        using var hangs = new ManualResetEventSlim();
        using var probe = new ReachabilityProbe(
            new(() => { hangs.Wait(Token); return Open(); }, 1), new HurriedTime());
        (await probe.IsReachable(Token)).ShouldBeFalse();
        (await probe.IsReachable(Token)).ShouldBeFalse();
        hangs.Set();
        bool isReachable;
        do
            isReachable = await probe.IsReachable(Token);
        while (!isReachable);
    }

    /// <summary>Occupies the one thread until released.</summary>
    private async Task<Task<int>> Block(CancellationToken? cancellation = null)
    {
        var first = _threads.Run(
            _ =>
            {
                _entered.TrySetResult();
                _release.Wait(Token);
                return 0;
            },
            cancellation ?? Token);
        await _entered.Task;
        return first;
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }

    /// <summary>Timers ring after a thousandth of their time.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 1_000 : dueTime, period);
    }
}
