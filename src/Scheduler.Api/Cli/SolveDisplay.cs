using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>Shows the progress of a solve. Disposing ends the display.</summary>
internal abstract class SolveDisplay : IProgress<SolveProgress>, IAsyncDisposable
{
    /// <summary>The mode in which nothing is shown.</summary>
    public const string None = "none";

    /// <summary>The display of a mode of <c>--progress</c>.</summary>
    public static SolveDisplay Of(string mode) => mode switch
    {
        None => new NoProgress(),
        "json" => new ProgressLines(Console.Out),
        _ => Console.IsOutputRedirected ? new ProgressLines(Console.Out) : ProgressBars.OnTerminal(),
    };

    /// <inheritdoc />
    public abstract void Report(SolveProgress value);

    /// <inheritdoc />
    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class NoProgress : SolveDisplay
    {
        public override void Report(SolveProgress value)
        {
        }
    }
}
