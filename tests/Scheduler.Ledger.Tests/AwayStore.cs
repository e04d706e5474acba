using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>A store that loses its connection in its first write, before anything is written, and connects again after some tries.</summary>
internal sealed class AwayStore(ICommitStore inner, int tries, Action<int> onTry) : ICommitStore
{
    private bool _wasLost;

    public int Tries { get; private set; }

    public bool IsInDoubt { get; private set; }

    public IReadOnlyList<Hold> LapsedHolds(Instant now, bool exact) => inner.LapsedHolds(now, exact);

    public Written? TryWrite(BatchNet net)
    {
        if (_wasLost)
            return inner.TryWrite(net);
        (_wasLost, IsInDoubt) = (true, true);
        throw new IOException("cut");
    }

    public Replayed Replay(IReadOnlyList<PreparedChange> changes) => inner.Replay(changes);

    public StoreFailure Classify(Exception exception) => exception is IOException ? StoreFailure.ConnectionLost : inner.Classify(exception);

    public Replayed? Recover()
    {
        onTry(++Tries);
        if (Tries < tries)
            throw new IOException("still away");
        IsInDoubt = false;
        return null;
    }

    public void Dispose() => inner.Dispose();
}
