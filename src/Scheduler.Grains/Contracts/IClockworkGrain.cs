using Orleans;

namespace Scheduler.Grains;

/// <summary>
/// The work of the clock that one silo does for all: fails plans that lost their process, makes the nightly plan, and tells institutions that
/// packs end. No rule waits for this work.
/// There is one such grain, with key <c>0</c>.
/// </summary>
[Alias("scheduler.clockwork")]
public interface IClockworkGrain : IGrainWithIntegerKey
{
    /// <summary>Does what is due. Every silo calls this once a minute.</summary>
    [Alias("run")]
    Task Run();
}
