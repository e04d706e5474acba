namespace Scheduler.Domain;

/// <summary>An institution's settings, as a catalogue entry.</summary>
public sealed record InstitutionEntry(Institution Institution) : CatalogueEntry;
