using System.Reflection;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>The work of the clockwork, such as the application of a nightly plan, runs beside the ticks of the season clock.</summary>
public sealed class SeasonClockTests
{
    [Fact]
    public async Task Holds_are_swept_while_the_clockwork_is_at_work_and_one_clockwork_runs_at_a_time()
    {
        await using var silo = await TestSilo.Open(seasonClock: false);
        var school = await silo.NewSchool("a");
        var work = new Work();
        var grains = DispatchProxy.Create<IGrainFactory, Stubbed>();
        ((Stubbed)grains).Inner = silo.Grains;
        ((Stubbed)grains).Clockwork = work;
        using var clock = silo.ClockOf(grains);
        await clock.StartAsync(TestContext.Current.CancellationToken);
        await Until(silo, () => Task.FromResult(work.Begun == 1));

        var hold = TestSilo.Must(await school.Hold(new(TestSilo.By(), TestSilo.Wish(TestSilo.Slot(30, 9), 4)))).Hold;
        silo.Clock.Advance(Duration.FromMinutes(11));
        await Until(silo, async () => (await silo.Ledger.Read.Hold(hold.Id, CancellationToken.None))!.Status == HoldStatus.Lapsed);
        for (var second = 0; second < 200; second++)
            await Second(silo);
        work.Begun.ShouldBe(1);

        // The next one begins within a minute after the end.
        work.End();
        await Until(silo, () => Task.FromResult(work.Begun == 2));
        work.End();
        await clock.StopAsync(CancellationToken.None);
    }

    private static async Task Until(TestSilo silo, Func<Task<bool>> isSo)
    {
        for (var second = 0; !await isSo(); second++)
        {
            second.ShouldBeLessThan(20_000);
            await Second(silo);
        }
    }

    /// <summary>A second of the silo's timers. The clock handles it on a thread of its own; a read of the ledger gives it the time.</summary>
    private static async Task Second(TestSilo silo)
    {
        silo.Time.Advance(TimeSpan.FromSeconds(1));
        await silo.Free(TestSilo.Slot(30, 9));
    }

    private sealed class Work : IClockworkGrain
    {
        private TaskCompletionSource _end = new();
        private int _begun;

        public int Begun => Volatile.Read(ref _begun);

        public Task Run()
        {
            Interlocked.Increment(ref _begun);
            return Volatile.Read(ref _end).Task;
        }

        public void End() => Interlocked.Exchange(ref _end, new()).SetResult();
    }

    /// <summary>The silo's grains, with a clockwork of the test.</summary>
    public class Stubbed : DispatchProxy
    {
        /// <summary>The grains of the silo.</summary>
        public IGrainFactory Inner { get; set; } = null!;

        /// <summary>The clockwork.</summary>
        public IClockworkGrain Clockwork { get; set; } = null!;

        /// <inheritdoc />
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.ReturnType == typeof(IClockworkGrain) ? Clockwork : targetMethod.Invoke(Inner, args);
    }
}
