namespace Scheduler.Benchmarks;

/// <summary>
/// Measures variants side by side. Each round runs all variants, every second round in reverse order, so that a slow minute of the machine affects all of them.
/// Ratios are taken round by round. The first round is a warm-up and does not count.
/// </summary>
/// <param name="title">What is compared.</param>
/// <param name="only">Part of the names of the variants to run, for a profiler; null for all.</param>
internal sealed class Comparison(string title, string? only = null)
{
    private readonly List<(string Name, Func<Task<Sample>> Run, List<Sample> Samples)> _variants = [];

    public string Title => title;

    public IEnumerable<(string Name, IReadOnlyList<Sample> Samples)> Variants =>
        _variants.Select(variant => (variant.Name, (IReadOnlyList<Sample>)variant.Samples));

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
                Memory.Collect();
                var sample = await run();
                var figures = FormattableString.Invariant($"{sample.PerSecond:n0} p50 {sample.P50:n2} p99 {sample.P99:n2} cpu {sample.Cpu:n0}");
                Console.Error.WriteLine($"{title}, round {round}: {name} {figures}");
                if (round > 0)
                    samples.Add(sample);
            }
        }
    }

    public IReadOnlyList<Sample> Of(string name) => _variants.Single(variant => variant.Name == name).Samples;

    /// <summary>The rate of one variant over the rate of another, round by round.</summary>
    public Spread Ratio(string name, string over) => Spread.Of(Of(name).Zip(Of(over), (one, other) => one.PerSecond / other.PerSecond));

    public Spread P99OverP50(string name) => Spread.Of(Of(name).Select(sample => sample.P99 / sample.P50));
}
