using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>A store without guards on slots: it shows that the herd test fails without them.</summary>
internal sealed class UnguardedStore(ICommitStore inner) : ICommitStore
{
    public IReadOnlyList<Hold> LapsedHolds(Instant now, bool exact) => inner.LapsedHolds(now, exact);

    public Written? TryWrite(BatchNet net)
    {
        foreach (var slot in net.Slots)
            slot.IsGuarded = false;
        return inner.TryWrite(net);
    }

    public Replayed Replay(IReadOnlyList<PreparedChange> changes) => inner.Replay(changes);

    public StoreFailure Classify(Exception exception) => inner.Classify(exception);

    public bool IsInDoubt => inner.IsInDoubt;

    public Replayed? Recover() => inner.Recover();

    public void Dispose() => inner.Dispose();
}
