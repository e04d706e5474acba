using NodaTime;

namespace Scheduler.Ledger;

/// <summary>What a verified copy of a ledger contains.</summary>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Bookings">Number of bookings, cancelled ones included.</param>
/// <param name="LastChange">The instant of the last change in the copy; null when nothing was ever changed.</param>
public sealed record CopyFacts(long Bytes, long Bookings, Instant? LastChange);
