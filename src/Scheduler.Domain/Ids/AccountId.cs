namespace Scheduler.Domain;

/// <summary>An account's id (UUID version 7).</summary>
public readonly record struct AccountId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static AccountId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
