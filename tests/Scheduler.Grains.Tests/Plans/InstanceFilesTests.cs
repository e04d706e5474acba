using System.Collections;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Grains;
using Scheduler.Solver;

namespace Scheduler.Tests;

/// <summary>Instances are written beside the scheduler of the grains, so that no other call of a silo waits for a large season.</summary>
public sealed class InstanceFilesTests
{
    [Fact]
    public async Task An_instance_is_written_beside_the_scheduler_of_the_grains()
    {
        var season = PlanInstance.Of(PlanSeason.Random(3).Cut(), PlanSeason.Scope, PlanSeason.Now).Instance;
        var seen = new HashSet<TaskScheduler>();
        var spied = season with { Requests = new Spied<Solver.Request>(season.Requests, () => seen.Add(TaskScheduler.Current)) };
        using var solver = new SolverProcess(
            new() { File = "/bin/sh", Arguments = ["-c", "exit 69", "sh"] }, TimeProvider.System, NullLogger<SolverProcess>.Instance);
        await Task.Factory.StartNew(
            async () =>
            {
                (await InstanceFiles.Compressed(spied)).ShouldNotBeEmpty();
                await solver.Run(new("solve", spied, 30), _ => { }, TestContext.Current.CancellationToken);
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.None, new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler).Unwrap();
        seen.ShouldBe([TaskScheduler.Default]);
    }

    /// <summary>A list that tells when it is read.</summary>
    private sealed class Spied<T>(IReadOnlyList<T> inner, Action read) : IReadOnlyList<T>
    {
        public int Count
        {
            get
            {
                read();
                return inner.Count;
            }
        }

        public T this[int index]
        {
            get
            {
                read();
                return inner[index];
            }
        }

        public IEnumerator<T> GetEnumerator()
        {
            read();
            return inner.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
