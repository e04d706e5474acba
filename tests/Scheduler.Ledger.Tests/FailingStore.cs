using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>A store that fails as a disk does: before it writes, or (<paramref name="after"/>) after it has committed.</summary>
internal sealed class FailingStore(ICommitStore inner, Func<Exception?> fault, Func<Exception?>? lapsed = null, bool after = false) : ICommitStore
{
    public IReadOnlyList<Hold> LapsedHolds(Instant now, bool exact) => lapsed?.Invoke() is { } exception ? throw exception : inner.LapsedHolds(now, exact);

    public Written? TryWrite(BatchNet net) => Fail(() => inner.TryWrite(net));

    public Replayed Replay(IReadOnlyList<PreparedChange> changes) => Fail(() => inner.Replay(changes));

    private T Fail<T>(Func<T> write)
    {
        if (fault() is not { } exception)
            return write();
        if (after)
            write();
        throw exception;
    }

    public StoreFailure Classify(Exception exception) => inner.Classify(exception);

    public bool IsInDoubt => inner.IsInDoubt;

    public Replayed? Recover() => inner.Recover();

    public void Dispose() => inner.Dispose();
}
