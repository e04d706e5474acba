using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>
/// Found by the walk: a reading that was back before it was first awaited was remembered as under way for ever, and a doubtful queue spun on it until its callers timed out.
/// </summary>
public sealed class JoinedTaskTests
{
    [Fact]
    public async Task A_run_that_ends_at_once_is_run_again_for_the_next_who_asks()
    {
        var runs = 0;
        var joined = new JoinedTask(() =>
        {
            runs++;
            return Task.CompletedTask;
        });
        await joined.Join();
        await joined.Join();
        runs.ShouldBe(2);
    }

    [Fact]
    public async Task Those_who_ask_while_it_runs_share_the_run_and_its_failure()
    {
        var runs = 0;
        var run = new TaskCompletionSource();
        var joined = new JoinedTask(() =>
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
