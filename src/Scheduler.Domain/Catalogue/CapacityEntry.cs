namespace Scheduler.Domain;

/// <summary>A pool's templates and exceptions, as a catalogue entry.</summary>
public sealed record CapacityEntry(PoolId Pool, PoolCapacity Capacity) : CatalogueEntry;
