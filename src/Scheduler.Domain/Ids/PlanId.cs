namespace Scheduler.Domain;

/// <summary>A plan's id (UUID version 7).</summary>
public readonly record struct PlanId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static PlanId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
