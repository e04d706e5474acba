using System.Globalization;
using System.Text;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>What a solver says on its standard error, and what its end means.</summary>
internal static class SolverMessages
{
    private const int MostCharacters = 2_000;
    private const int SignalBase = 128;
    private const int OutOfMemory = 71;

    // What native code and the runtime say before they end by a signal because an allocation failed. Sometimes no memory is left to print the exception.
    private static readonly string[] _memory = ["bad_alloc", "Out of memory", "OutOfMemoryException", "Cannot print exception string"];

    /// <summary>Reads to the end, so that the child never waits for a reader. Returns the last part.</summary>
    public static async Task<string> Read(TextReader errors)
    {
        var (text, buffer) = (new StringBuilder(), new char[MostCharacters]);
        while (await errors.ReadAsync(buffer) is > 0 and var read)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MostCharacters)
                text.Remove(0, text.Length - MostCharacters);
        }

        return text.ToString().Trim();
    }

    /// <summary>The cause of an end without a file.</summary>
    public static PlanCause CauseOf(int exitCode, string errors)
    {
        if (exitCode == OutOfMemory || _memory.Any(sign => errors.Contains(sign, StringComparison.Ordinal)))
            return new(PlanCause.MemoryLimit);
        if (exitCode > SignalBase)
            return new(PlanCause.Signal, (exitCode - SignalBase).ToString(CultureInfo.InvariantCulture));
        var last = errors.Split('\n')[^1].Trim();
        return new(PlanCause.Exit, string.Create(CultureInfo.InvariantCulture, $"{exitCode} {last}").Trim());
    }
}
