using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>A store that repairs something before it connects again, and remembers how its exceptions were classified.</summary>
internal sealed class RepairingStore(ICommitStore inner, Action repair) : ICommitStore
{
    public List<StoreFailure> Failures { get; } = [];

    public bool IsInDoubt => inner.IsInDoubt;

    public IReadOnlyList<Hold> LapsedHolds(Instant now, bool exact) => inner.LapsedHolds(now, exact);

    public Written? TryWrite(BatchNet net) => inner.TryWrite(net);

    public Replayed Replay(IReadOnlyList<PreparedChange> changes) => inner.Replay(changes);

    public StoreFailure Classify(Exception exception)
    {
        var failure = inner.Classify(exception);
        Failures.Add(failure);
        return failure;
    }

    public Replayed? Recover()
    {
        repair();
        return inner.Recover();
    }

    public void Dispose() => inner.Dispose();
}
