namespace Scheduler.Grains;

/// <summary>Runs long computations of plans beside the scheduler of the grains, so that no grain of the silo waits for them.</summary>
internal static class BesideGrains
{
    /// <summary>
    /// Runs a computation that reads only what it is given: it touches no grain and no field that changes. The caller goes on in its own context.
    /// </summary>
    public static Task<T> Run<T>(Func<T> pure, CancellationToken cancellation) => Task.Run(pure, cancellation);

    /// <summary>Runs such a computation that also writes a stream.</summary>
    public static Task<T> Run<T>(Func<Task<T>> pure, CancellationToken cancellation) => Task.Run(pure, cancellation);

    /// <summary>Runs such a computation that writes a stream and has no result.</summary>
    public static Task Run(Func<Task> pure, CancellationToken cancellation) => Task.Run(pure, cancellation);
}
