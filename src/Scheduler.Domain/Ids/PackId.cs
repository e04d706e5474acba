namespace Scheduler.Domain;

/// <summary>A pack's id (UUID version 7).</summary>
public readonly record struct PackId(Guid Value) : IComparable<PackId>
{
    /// <summary>A fresh id.</summary>
    public static PackId New() => new(Guid.CreateVersion7());

    /// <summary>Compares by the UUID's value. Code locks packs in this order.</summary>
    public int CompareTo(PackId other) => Value.CompareTo(other.Value);

    /// <summary>Lower-case text with hyphens.</summary>
    public override string ToString() => Value.ToString("D");
}
