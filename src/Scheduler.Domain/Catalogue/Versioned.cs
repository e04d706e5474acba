namespace Scheduler.Domain;

/// <summary>A catalogue entry with its version: 1 when the entry is made, one more with every change.</summary>
public sealed record Versioned<T>(T Value, int Version);
