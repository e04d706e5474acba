using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>The steps of a replay inside an open transaction, the same for both databases.</summary>
internal static class ReplaySteps
{
    public static Replayed Of(IReadOnlyList<PreparedChange> changes, ReplayView view, Func<BatchNet, Written?> write)
    {
        var decided = Replay.Decide(view, [.. changes.Select(change => change.Change)]);
        var accepted = new List<PreparedChange>(changes.Count);
        var shortfalls = new Dictionary<int, ImmutableArray<Shortfall>>();
        var booked = new Dictionary<int, ImmutableArray<BookedBlock>>();
        PlanApplied? applied = null;
        for (var i = 0; i < changes.Count; i++)
        {
            if (decided.Refusals[i] is not null)
                continue;
            if (decided.Shortfalls.TryGetValue(i, out var over))
                shortfalls.Add(accepted.Count, over);
            if (decided.Short.TryGetValue(i, out var blocks))
                booked.Add(accepted.Count, blocks);
            if (changes[i].Change.Application is null)
                accepted.Add(changes[i]);
            else
                accepted.AddRange(ApplicationChanges.Of(changes[i].Change, view, out applied));
        }

        var net = BatchNet.Of(accepted);
        net.Capacities = decided.Capacities;
        net.Shortfalls = shortfalls;
        foreach (var (change, blocks) in booked)
            net.AddShortfallNotices(change, blocks, view.Versions);
        var written = accepted.Count == 0 ? null : write(net) ?? throw new GuardFailedUnderLockException();
        return new(decided.Refusals, net, written) { All = changes, Applied = applied };
    }
}
