using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A version of a catalogue entry, by position in the order of commits.</summary>
internal sealed record EntryLine(long Position, Instant At, CatalogueEntry Entry);
