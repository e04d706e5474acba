using Orleans;

namespace Scheduler.Grains;

/// <summary>Offers to some waitlist entries failed.</summary>
[GenerateSerializer, Alias("scheduler.waitlist-round-exception")]
public sealed class WaitlistRoundException(string message) : Exception(message);
