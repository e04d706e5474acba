using Orleans;

namespace Scheduler.Grains;

/// <summary>
/// The waitlist of one pool; the key is the pool's id. A call throws <see cref="WaitlistRoundException"/> when an offer to an entry failed; all other entries
/// got their offer.
/// </summary>
[Alias("scheduler.waitlist")]
public interface IWaitlistGrain : IGrainWithStringKey
{
    /// <summary>
    /// Offers the seats that became free in these slots (starts in minutes since 1970 UTC) to every entry whose block touches one of the slots, by weight and
    /// then age (R9). The call ends when a round that began after the call has made an offer to every such entry.
    /// </summary>
    [Alias("round")]
    Task Round(int[] slots);

    /// <summary>Makes an offer to these entries only, after a change of their institution's own proctors, lab seats, vouchers or readiness.</summary>
    [Alias("retry")]
    Task Retry(Guid[] requests);

    /// <summary>
    /// Makes an offer to every entry, because time or a rule that the operator changed may allow an entry now. A refusal is recorded only when its reason is
    /// new.
    /// </summary>
    [Alias("check")]
    Task Check();
}
