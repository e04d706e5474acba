using NodaTime;

namespace Scheduler.Api;

/// <summary>What a start offers to a block.</summary>
/// <param name="At">The start.</param>
/// <param name="Free">Free seats of the hour of the block that has the fewest.</param>
/// <param name="Capacity">The seats of that hour; 0 when the pool is closed then.</param>
/// <param name="Missing">The seats that are missing in the hour with the most missing.</param>
internal readonly record struct FreeStart(Instant At, int Free, int Capacity, int Missing);
