using System.Globalization;

namespace Scheduler.Api;

/// <summary>
/// Cancels the work when the process that started this process has ended, because nobody reads the plan any more. On Linux the id of the parent process then
/// changes. On other systems the watch does nothing.
/// </summary>
internal sealed class OrphanWatch : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(250);
    private readonly Timer? _timer;

    private OrphanWatch(CancellationTokenSource cancel, int? parent)
    {
        // The process that started this one may have ended before this line. So whoever starts this one names itself.
        if ((parent ?? Parent()) is { } expected)
            _timer = new Timer(_ => CancelUnless(expected, cancel), null, TimeSpan.Zero, _interval);
    }

    /// <summary>Begins to watch.</summary>
    /// <param name="cancel">Cancels the work.</param>
    /// <param name="parent">The id of the process that started this one; null when that process did not say.</param>
    public static OrphanWatch Start(CancellationTokenSource cancel, int? parent) => new(cancel, parent);

    public void Dispose() => _timer?.Dispose();

    private static void CancelUnless(int parent, CancellationTokenSource cancel)
    {
        if (Parent() is { } now && now != parent)
            cancel.Cancel();
    }

    private static int? Parent() =>
        ProcessClock.StatFields() is { Length: > 1 } fields && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
