using System.Globalization;
using System.Text.Json;
using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>Writes progress as lines. For a program each line is one JSON object,
/// <c>{"stage":"improve","seconds":1.25,"value":9.5,"bound":9.7,"done":0.4}</c>; for a terminal a readable line per stage.</summary>
internal sealed class ProgressLines(string mode, TextWriter output, bool isRedirected) : IProgress<SolveProgress>
{
    private readonly Lock _turn = new();
    private readonly bool _isJson = mode == "json" || (mode == "auto" && isRedirected);
    private double _lastSeconds = double.NegativeInfinity;

    public void Report(SolveProgress value)
    {
        if (mode == "none")
            return;
        lock (_turn)
        {
            // Ends of stages always, steps in between at most ten a second.
            if (value.Done < 1 && value.Seconds - _lastSeconds < 0.1)
                return;
            _lastSeconds = value.Seconds;
            output.WriteLine(_isJson ? Json(value) : Words(value));
            output.Flush();
        }
    }

    public void Summary(Plan plan, string file)
    {
        if (mode == "none")
            return;
        var objective = plan.Objective;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{file}: value {objective.Value:0.##}, bound {objective.Bound:0.##}, gap {objective.Gap:P3} (before sharing {objective.GapBeforeSharing:P3}), served {objective.ServedSeats} of {objective.RequestedSeats} seats, {plan.Unserved.Count} requests not in full, worst institution {objective.WorstInstitutionRatio:0.###}, {objective.Moves} moves, {plan.StopReason}"));
        output.Flush();
    }

    private static string Words(SolveProgress value) => string.Create(CultureInfo.InvariantCulture,
        $"{value.Seconds,7:0.00} s  {value.Stage,-8} {value.Done,4:P0}  value {value.Value:0.##}{(value.Bound is { } bound ? $", bound {bound:0.##}" : "")}");

    private static string Json(SolveProgress value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("stage", value.Stage);
            json.WriteNumber("seconds", Math.Round(value.Seconds, 3));
            json.WriteNumber("value", value.Value);
            if (value.Bound is { } bound)
                json.WriteNumber("bound", bound);
            json.WriteNumber("done", Math.Round(value.Done, 3));
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}
