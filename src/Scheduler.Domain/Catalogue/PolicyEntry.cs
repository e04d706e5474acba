namespace Scheduler.Domain;

/// <summary>The policy, as a catalogue entry. There is only one policy.</summary>
public sealed record PolicyEntry(Policy Policy) : CatalogueEntry;
