using System.Diagnostics;

namespace Scheduler.Benchmarks;

/// <summary>Verb <c>start</c>: seconds from the start of the process until its health check says that it is ready.</summary>
internal static class StartVerb
{
    public static async Task<int> Run(string[] args)
    {
        var arguments = new Arguments(args);
        var empty = await Seconds(arguments.Rounds, isDemo: false);
        var figures = new List<Figure> { Figure.AtMost("seconds from start to ready, empty directory", 3, empty, "0.00") };
        if (!arguments.Has("no-demo"))
        {
            var demo = await Seconds(Math.Min(arguments.Rounds, 3), isDemo: true);
            figures.Add(Figure.AtMost("seconds from start to ready, the demo season loaded", 20, demo, "0.0"));
        }

        FiguresPage.Show("start", arguments, figures);
        return 0;
    }

    private static async Task<Spread> Seconds(int rounds, bool isDemo)
    {
        var seconds = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            using var folder = new TemporaryFolder();
            var started = Stopwatch.GetTimestamp();
            await using var api = ChildProcess.Api(folder.Under("data"), "benchmark-operator-key", isDemo: isDemo);
            await api.Ready("/health/ready");
            seconds.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            Console.Error.WriteLine($"start, demo {isDemo}: {seconds[^1]:n2} s");
        }

        return Spread.Of(seconds);
    }
}
