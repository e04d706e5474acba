using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// Another block that can be booked instead. A caller that posts this block at once gets the booking, unless somebody else took the seats first.
/// </summary>
public sealed record Alternative(Instant Start, int Free, ImmutableArray<int> FreePerSlot);
