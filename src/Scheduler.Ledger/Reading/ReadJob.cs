using System.Data.Common;

namespace Scheduler.Ledger;

/// <summary>A read that waits for a thread, or runs on one.</summary>
internal abstract class ReadJob
{
    /// <summary>Valid until a thread has finished the read.</summary>
    public CancellationTokenRegistration Cancellation { get; set; }

    /// <summary>Whether a thread has finished the read.</summary>
    public bool IsDone { get; set; }

    /// <summary>
    /// Runs the read. Returns false when a connection that was opened before this read is broken: then the caller runs the read again on a new connection.
    /// </summary>
    public abstract bool Run(ReadSession? session, bool isFresh);

    /// <summary>Releases the caller. A read that has not begun will not run; the result of one that has is dropped.</summary>
    public abstract void Cancel();
}

/// <summary>A read with its result.</summary>
internal sealed class ReadJob<T>(Func<ReadSession, T> query, CancellationToken cancellation) : ReadJob
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _result.Task;

    public override void Cancel() => _result.TrySetCanceled(cancellation);

    public override bool Run(ReadSession? session, bool isFresh)
    {
        if (_result.Task.IsCompleted)
            return true;
        if (session is null)
        {
            _result.TrySetException(new LedgerUnreachableException("The database cannot be reached.", null));
            return true;
        }

        try
        {
            _result.TrySetResult(query(session));
            return true;
        }
        catch (Exception exception) when (!isFresh && exception is not OutOfMemoryException && !session.IsOpen)
        {
            return false;
        }
        catch (Exception exception) when (exception is DbException || !session.IsOpen)
        {
            // When a connection broke while it was idle, the driver can throw exceptions that are no <see cref="DbException"/>.
            _result.TrySetException(new LedgerUnreachableException($"The database did not answer: {exception.Message}", exception));
            throw;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _result.TrySetException(exception);
            throw;
        }
    }
}
