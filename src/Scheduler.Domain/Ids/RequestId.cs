namespace Scheduler.Domain;

/// <summary>A request's id (UUID version 7).</summary>
public readonly record struct RequestId(Guid Value)
{
    /// <summary>A fresh id.</summary>
    public static RequestId New() => new(Guid.CreateVersion7());

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
