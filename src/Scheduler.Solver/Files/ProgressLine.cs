using System.Text.Json;

namespace Scheduler.Solver;

/// <summary>Reads a line of progress that the command <c>solve</c> writes, such as <c>{"stage":"price","seconds":1.25,"value":9.5,"done":0.4}</c>.</summary>
public static class ProgressLine
{
    /// <summary>The progress of a line; null for a line that is not one, such as the summary at the end.</summary>
    public static SolveProgress? Read(string line)
    {
        if (!line.StartsWith('{'))
            return null;
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return new(
                root.GetProperty("stage").GetString()!, root.GetProperty("seconds").GetDouble(), Number(root, "value") ?? 0, Number(root, "bound"),
                root.GetProperty("done").GetDouble());
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static double? Number(JsonElement root, string name) => root.TryGetProperty(name, out var number) ? number.GetDouble() : null;
}
