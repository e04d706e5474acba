using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using NodaTime.Text;

namespace Scheduler.Benchmarks;

/// <summary>A figure that is demanded: a ratio, with its reach.</summary>
internal sealed record Figure(string What, string Reach, Spread Measured, string Format, bool IsReached)
{
    public static Figure AtLeast(string what, double reach, Spread measured, string format = "0.0") =>
        new(what, "≥ " + reach.ToString(format, CultureInfo.InvariantCulture), measured, format, measured.Median >= reach);

    public static Figure AtMost(string what, double reach, Spread measured, string format = "0.0") =>
        new(what, "≤ " + reach.ToString(format, CultureInfo.InvariantCulture), measured, format, measured.Median <= reach);
}

/// <summary>Prints a verb's tables, and with <c>--write</c> puts them into its place in docs/figures.md; what people wrote between the places stays.</summary>
internal static class FiguresPage
{
    public static void Show(string verb, Arguments arguments, IEnumerable<Figure> figures, params IEnumerable<Bout> bouts)
    {
        var text = Text(verb, arguments, figures, bouts);
        Console.WriteLine(text);
        if (arguments.Has("write"))
            Write(verb, text);
    }

    private static string Text(string verb, Arguments arguments, IEnumerable<Figure> figures, IEnumerable<Bout> bouts)
    {
        var text = new StringBuilder();
        var day = LocalDatePattern.Iso.Format(MachineClock.Instance.GetCurrentInstant().InUtc().Date);
        text.AppendLine(CultureInfo.InvariantCulture, $"`dotnet run -c Release --project benchmarks/Scheduler.Benchmarks -- {string.Join(' ', [verb, .. arguments.Shown])}`  ");
        text.AppendLine(CultureInfo.InvariantCulture, $"{day}, {Environment.ProcessorCount} cores ({RuntimeInformation.ProcessArchitecture}), {RuntimeInformation.FrameworkDescription}. Median of {arguments.Rounds} interleaved rounds [lowest–highest].");
        text.AppendLine();
        text.AppendLine("| ratio | reach | measured | |");
        text.AppendLine("| --- | --- | --- | --- |");
        foreach (var figure in figures)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {figure.What} | {figure.Reach} | **{figure.Measured.Text(figure.Format)}** | {(figure.IsReached ? "reached" : "missed")} |");
        foreach (var bout in bouts)
            Append(text, bout);
        return text.ToString();
    }

    private static void Append(StringBuilder text, Bout bout)
    {
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"| {bout.Title} | a second | p50 / p99 ms | CPU µs each |");
        text.AppendLine("| --- | --- | --- | --- |");
        foreach (var (name, samples) in bout.Variants)
        {
            var waits = samples.Any(sample => !double.IsNaN(sample.P50))
                ? string.Create(CultureInfo.InvariantCulture, $"{Spread.Of(samples.Select(sample => sample.P50)).Median:0.00} / {Spread.Of(samples.Select(sample => sample.P99)).Median:0.0}")
                : "";
            var cpu = samples.Any(sample => !double.IsNaN(sample.Cpu)) ? Spread.Of(samples.Select(sample => sample.Cpu)).Text("#,0") : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {Spread.Of(samples.Select(sample => sample.PerSecond)).Text("#,0")} | {waits} | {cpu} |");
        }
    }

    private static void Write(string verb, string text)
    {
        var path = Path.Combine(Repository(), "docs", "figures.md");
        var page = File.ReadAllText(path);
        var begin = $"<!-- {verb} -->\n";
        var end = $"<!-- /{verb} -->";
        var from = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = page.IndexOf(end, StringComparison.Ordinal);
        if (from < begin.Length || to < from)
            throw new InvalidOperationException($"{path} has no place for '{verb}'.");
        File.WriteAllText(path, string.Concat(page.AsSpan(0, from), text, page.AsSpan(to)));
    }

    public static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Run this from a clone of the repository.");
    }
}
