using System.Text;
using System.Text.Json;

namespace Scheduler.Api;

/// <summary>
/// Progress for a program: each line is one JSON object, <c>{"stage":"improve","seconds":1.25,"value":9.5,"bound":9.7,"done":0.4}</c>. A verb without a plan
/// has
/// neither value nor bound.
/// </summary>
internal sealed class ProgressLines(TextWriter output) : ProgressDisplay
{
    private const double SecondsBetween = 0.1;
    private readonly Lock _lock = new();
    private double _lastSeconds = double.NegativeInfinity;

    /// <inheritdoc />
    public override void Report(StageProgress value)
    {
        lock (_lock)
        {
            // The end of every stage is always written. Other steps are written at most ten times a second.
            if (value.Done < 1 && value.Seconds - _lastSeconds < SecondsBetween)
                return;
            _lastSeconds = value.Seconds;
            output.WriteLine(Json(value));
            output.Flush();
        }
    }

    private static string Json(StageProgress value)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("stage", value.Stage);
            json.WriteNumber("seconds", Math.Round(value.Seconds, 3));
            if (value.Value is { } best)
                json.WriteNumber("value", best);
            if (value.Bound is { } bound)
                json.WriteNumber("bound", bound);
            json.WriteNumber("done", Math.Round(value.Done, 3));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
