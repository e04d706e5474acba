using System.Globalization;
using Spectre.Console;

namespace Scheduler.Api;

/// <summary>Progress for a person at a terminal: a bar for each stage; a solve also shows the value of the best plan so far and the bound.</summary>
internal sealed class ProgressBars : ProgressDisplay
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, ProgressTask> _stages = [];
    private readonly Lock _lock = new();
    private readonly Task _drawing;
    private ProgressContext? _context;

    private ProgressBars(IAnsiConsole console)
    {
        ProgressColumn[] columns =
            [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()];
        _drawing = console.Progress().Columns(columns).StartAsync(context =>
        {
            _context = context;
            return _end.Task;
        });
    }

    public static ProgressBars OnTerminal() => On(AnsiConsole.Console);

    internal static ProgressBars On(IAnsiConsole console) => new(console);

    /// <inheritdoc />
    public override void Report(StageProgress value)
    {
        lock (_lock)
        {
            if (_context is not { } context)
                return;
            if (!_stages.TryGetValue(value.Stage, out var stage))
                _stages[value.Stage] = stage = context.AddTask(Markup.Escape(value.Stage), maxValue: 1);
            stage.Value = value.Done;
            stage.Description = Markup.Escape(Text(value));
        }
    }

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _drawing;
        await base.DisposeAsync();
    }

    private static string Text(StageProgress value) => string.Create(
        CultureInfo.InvariantCulture,
        $"{value.Stage,-8}{(value.Value is { } best ? $" value {best:0.##}" : "")}{(value.Bound is { } bound ? $", bound {bound:0.##}" : "")}");
}
