using NodaTime;

namespace Scheduler.Domain;

/// <summary>What an operator did to a school's booking. The school gets a notice of it (R15).</summary>
/// <param name="What">What the operator did.</param>
/// <param name="At">When the change was decided.</param>
/// <param name="Reason">The reason that the operator gave; null without a reason.</param>
public sealed record OperatorAct(OperatorActKind What, Instant At, string? Reason);
