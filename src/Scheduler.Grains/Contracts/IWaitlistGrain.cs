using Orleans;

namespace Scheduler.Grains;

/// <summary>
/// Who waits for blocks of one pool that start on one UTC day; the key is <c>pool/days since 1970</c>. Its rounds run one after the other. Each throws when somebody could not
/// be asked; the others were.
/// </summary>
[Alias("scheduler.waitlist")]
public interface IWaitlistGrain : IGrainWithStringKey
{
    /// <summary>
    /// After seats came free: offers what is free to those who wait, by weight and then age; bigger ones do not block smaller ones behind them (R9). Ends when everyone was looked
    /// at by a round that began after the call.
    /// </summary>
    [Alias("round")]
    Task Round();

    /// <summary>After an institution's own things changed: offers to these entries alone, in this order.</summary>
    [Alias("look")]
    Task Look(Guid[] requests);

    /// <summary>Looks whether time alone made room for somebody. Only a new reason is recorded.</summary>
    [Alias("check")]
    Task Check();
}
