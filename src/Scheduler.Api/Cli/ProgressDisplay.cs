using System.CommandLine;

namespace Scheduler.Api;

/// <summary>Shows the progress of a verb. Disposing ends the display.</summary>
internal abstract class ProgressDisplay : IProgress<StageProgress>, IAsyncDisposable
{
    /// <summary>The mode in which nothing is shown.</summary>
    public const string None = "none";

    private const string Automatic = "auto";
    private const string Json = "json";

    /// <summary>The option <c>--progress</c> of a verb.</summary>
    public static Option<string> Option()
    {
        var option = new Option<string>("--progress")
        {
            Description = "What standard output shows; auto is a bar on a terminal and JSON lines elsewhere", DefaultValueFactory = _ => Automatic,
        };
        return option.AcceptOnlyFromAmong(Automatic, Json, None);
    }

    /// <summary>The display of a mode of <c>--progress</c>.</summary>
    public static ProgressDisplay Of(string mode, TextWriter output) => mode switch
    {
        None => new NoProgress(),
        Json => new ProgressLines(output),
        _ => Console.IsOutputRedirected || output != Console.Out ? new ProgressLines(output) : ProgressBars.OnTerminal(),
    };

    /// <inheritdoc />
    public abstract void Report(StageProgress value);

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class NoProgress : ProgressDisplay
    {
        public override void Report(StageProgress value)
        {
        }
    }
}
