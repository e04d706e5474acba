using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using NodaTime.Text;

namespace Scheduler.Benchmarks;

/// <summary>
/// Prints a verb's tables. With <c>--write</c> the tables replace the verb's section in docs/figures.md; the text between the sections stays.
/// </summary>
internal static class FiguresPage
{
    public static void Show(string verb, Arguments arguments, IEnumerable<Figure> figures, params IEnumerable<Comparison> comparisons)
    {
        var text = Text(verb, arguments, figures, comparisons);
        Console.WriteLine(text);
        if (arguments.Has("write"))
            Write(verb, text);
    }

    /// <summary>The folder of the repository that this program was built in.</summary>
    public static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Run this from a clone of the repository.");
    }

    private static string Text(string verb, Arguments arguments, IEnumerable<Figure> figures, IEnumerable<Comparison> comparisons)
    {
        var text = new StringBuilder();
        var day = LocalDatePattern.Iso.Format(MachineClock.Instance.GetCurrentInstant().InUtc().Date);
        var machine = $"{Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), {RuntimeInformation.FrameworkDescription}";
        // Two spaces at the end of a line are a line break in Markdown.
        Line(text, $"`dotnet run -c Release --project benchmarks/Scheduler.Benchmarks -- {string.Join(' ', [verb, .. arguments.Shown])}`  ");
        Line(text, $"{day}, {machine}. Median of {arguments.Rounds} interleaved rounds [lowest–highest].");
        text.AppendLine();
        text.AppendLine("| ratio | target | measured | |");
        text.AppendLine("| --- | --- | --- | --- |");
        foreach (var figure in figures)
        {
            var outcome = figure.IsReached ? "reached" : "missed";
            Line(text, $"| {figure.What} | {figure.Target} | **{figure.Measured.Text(figure.Format)}** | {outcome} |");
        }

        foreach (var comparison in comparisons)
            Append(text, comparison);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Comparison comparison)
    {
        text.AppendLine();
        Line(text, $"| {comparison.Title} | a second | p50 / p99 ms | CPU µs each |");
        text.AppendLine("| --- | --- | --- | --- |");
        foreach (var (name, samples) in comparison.Variants)
        {
            var rate = Spread.Of(samples.Select(sample => sample.PerSecond)).Text("#,0");
            var latency = samples.Any(sample => !double.IsNaN(sample.P50))
                ? FormattableString.Invariant($"{Median(samples, sample => sample.P50):0.00} / {Median(samples, sample => sample.P99):0.0}")
                : "";
            var cpu = samples.Any(sample => !double.IsNaN(sample.Cpu)) ? Spread.Of(samples.Select(sample => sample.Cpu)).Text("#,0") : "";
            Line(text, $"| {name} | {rate} | {latency} | {cpu} |");
        }
    }

    private static double Median(IEnumerable<Sample> samples, Func<Sample, double> figure) => Spread.Of(samples.Select(figure)).Median;

    private static void Line(StringBuilder text, FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Write(string verb, string text)
    {
        var path = Path.Combine(Repository(), "docs", "figures.md");
        var page = File.ReadAllText(path);
        var begin = $"<!-- {verb} -->\n";
        var end = $"<!-- /{verb} -->";
        var from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < begin.Length || to < from)
            throw new InvalidOperationException($"{path} has no section for '{verb}'.");
        File.WriteAllText(path, string.Concat(page.AsSpan(0, from), text, page.AsSpan(to)));
    }
}
