using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>small</c>: the cost of each step of a booking, by BenchmarkDotNet.</summary>
internal static class Small
{
    public static int Run(string[] args)
    {
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableLogFile);
        BenchmarkSwitcher.FromTypes([typeof(SmallSteps)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
        return 0;
    }
}
