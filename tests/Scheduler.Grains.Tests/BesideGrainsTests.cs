using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>A long computation beside the grains.</summary>
public sealed class BesideGrainsTests
{
    [Fact]
    public async Task A_long_computation_does_not_hold_up_another_call_to_the_same_scheduler()
    {
        // As the scheduler of a grain's activation, this scheduler runs one task at a time.
        var grain = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        using var end = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var isBesideGrains = false;
        var first = OnGrain(async () =>
        {
            var figure = await BesideGrains.Run(
                () =>
                {
                    isBesideGrains = TaskScheduler.Current != grain;
                    begun.SetResult();
                    end.Wait(TestContext.Current.CancellationToken);
                    return 7;
                },
                TestContext.Current.CancellationToken);
            TaskScheduler.Current.ShouldBe(grain);
            return figure;
        });
        await begun.Task;
        (await OnGrain(() => Task.FromResult(1))).ShouldBe(1);
        first.IsCompleted.ShouldBeFalse();
        end.Set();
        (await first).ShouldBe(7);
        isBesideGrains.ShouldBeTrue();

        Task<int> OnGrain(Func<Task<int>> call) =>
            Task.Factory.StartNew(call, TestContext.Current.CancellationToken, TaskCreationOptions.None, grain).Unwrap();
    }
}
