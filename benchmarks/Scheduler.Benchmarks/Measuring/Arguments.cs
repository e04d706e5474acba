using System.Globalization;

namespace Scheduler.Benchmarks;

/// <summary>Flags of a verb: <c>--name value</c>, or <c>--name</c> alone.</summary>
internal sealed class Arguments(string[] args)
{
    public int Rounds => Number("rounds", 5);

    public double Seconds => double.Parse(Value("seconds") ?? "2", CultureInfo.InvariantCulture);

    public IEnumerable<string> Shown => args.Where(arg => arg != "--write");

    public bool Has(string name) => args.Contains($"--{name}");

    public string? Value(string name)
    {
        var at = Array.IndexOf(args, $"--{name}");
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    public int Number(string name, int otherwise) => Value(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
