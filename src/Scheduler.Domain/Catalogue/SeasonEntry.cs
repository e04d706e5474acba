namespace Scheduler.Domain;

/// <summary>A season, as a catalogue entry.</summary>
public sealed record SeasonEntry(Season Season) : CatalogueEntry;
