namespace Scheduler.Domain;

/// <summary>A hold's id (UUID version 7).</summary>
public readonly record struct HoldId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static HoldId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
