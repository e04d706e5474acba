namespace Scheduler.Domain;

/// <summary>An import's id: a UUID of version 7, or one that is computed from a call's idempotency key.</summary>
public readonly record struct ImportId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static ImportId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
