using NodaTime;

namespace Scheduler.Domain;

/// <summary>When a waitlist entry was passed over, and why: the code of a refusal.</summary>
public readonly record struct PassedOver(Instant At, string Why);
