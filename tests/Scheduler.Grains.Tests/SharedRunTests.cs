using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>
/// The model walk found this bug: a read that ended before it was first awaited counted as running for ever, and a queue whose memory was invalid repeated the
/// read in a loop until its callers timed out.
/// </summary>
public sealed class SharedRunTests
{
    [Fact]
    public async Task A_run_that_ends_at_once_runs_again_for_the_next_caller()
    {
        var runs = 0;
        var joined = new SharedRun(() =>
        {
            runs++;
            return Task.CompletedTask;
        });
        await joined.Join();
        await joined.Join();
        runs.ShouldBe(2);
    }

    [Fact]
    public async Task Callers_that_join_a_run_share_the_run_and_its_failure()
    {
        var runs = 0;
        var run = new TaskCompletionSource();
        var joined = new SharedRun(() =>
        {
            runs++;
            return run.Task;
        });
        var first = joined.Join();
        var second = joined.Join();
        run.SetException(new IOException("away"));
        await Should.ThrowAsync<IOException>(() => first);
        await Should.ThrowAsync<IOException>(() => second);
        runs.ShouldBe(1);
    }
}
