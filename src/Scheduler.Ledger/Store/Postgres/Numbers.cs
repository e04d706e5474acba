using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The numbers under which a batch is written.</summary>
internal sealed record Numbers(int Committer, long First, long Batch, long[] Positions, IReadOnlyDictionary<RequestId, long> Requests)
{
    /// <summary>The place of the first change.</summary>
    public ChangeRef Start => new(Committer, First);
}
