using Orleans;

namespace Scheduler.Grains;

/// <summary>Who waits for blocks of one pool that start on one UTC day; the key is <c>pool/days since 1970</c>. Woken after seats were freed.</summary>
[Alias("scheduler.waitlist")]
public interface IWaitlistGrain : IGrainWithStringKey
{
    /// <summary>Offers what is free to those who wait, by weight and then age; bigger ones do not block smaller ones behind them (R9). Ends when everyone was looked at.</summary>
    [Alias("round")]
    Task Round();
}
