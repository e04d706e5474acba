using System.Globalization;

namespace Scheduler.Benchmarks;

/// <summary>What one round of one variant came to.</summary>
/// <param name="PerSecond">Things done a second, or whatever is compared.</param>
/// <param name="P50">Median wait in milliseconds; NaN where none was taken.</param>
/// <param name="P99">99th percentile in milliseconds.</param>
/// <param name="Cpu">Processor time of the serving process for each, in microseconds: unlike the rate it hardly depends on what else the machine does. NaN where none was taken.</param>
internal readonly record struct Sample(double PerSecond, double P50 = double.NaN, double P99 = double.NaN, double Cpu = double.NaN);

/// <summary>
/// Variants measured side by side: each round runs all of them, every second one backwards, so that a slow minute of the machine meets everyone. Ratios are taken round by round;
/// the first round warms up and does not count.
/// </summary>
/// <param name="title">What is compared.</param>
/// <param name="only">Part of the names of the variants to run, for a profiler; null for all.</param>
internal sealed class Bout(string title, string? only = null)
{
    private readonly List<(string Name, Func<Task<Sample>> Run, List<Sample> Samples)> _variants = [];

    public string Title => title;

    public IEnumerable<(string Name, IReadOnlyList<Sample> Samples)> Variants => _variants.Select(variant => (variant.Name, (IReadOnlyList<Sample>)variant.Samples));

    public void Add(string name, Func<Task<Sample>> run)
    {
        if (only is null || name.Contains(only, StringComparison.Ordinal))
            _variants.Add((name, run, []));
    }

    public async Task Run(int rounds)
    {
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (name, run, samples) in round % 2 == 0 ? _variants : Enumerable.Reverse(_variants))
            {
                Quiet.Memory();
                var sample = await run();
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{title}, round {round}: {name} {sample.PerSecond:n0} p50 {sample.P50:n2} p99 {sample.P99:n2} cpu {sample.Cpu:n0}"));
                if (round > 0)
                    samples.Add(sample);
            }
        }
    }

    public IReadOnlyList<Sample> Of(string name) => _variants.Single(variant => variant.Name == name).Samples;

    /// <summary>One variant over another, round by round.</summary>
    public Spread Ratio(string name, string over) => Spread.Of(Of(name).Zip(Of(over), (one, other) => one.PerSecond / other.PerSecond));

    public Spread P99OverP50(string name) => Spread.Of(Of(name).Select(sample => sample.P99 / sample.P50));
}

/// <summary>Median, lowest and highest.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new(median, sorted[0], sorted[^1]);
    }

    public string Text(string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median.ToString(format, CultureInfo.InvariantCulture)} [{Min.ToString(format, CultureInfo.InvariantCulture)}–{Max.ToString(format, CultureInfo.InvariantCulture)}]");
}

internal static class Quiet
{
    /// <summary>What a variant left behind is not to be collected in the next one's time.</summary>
    public static void Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
