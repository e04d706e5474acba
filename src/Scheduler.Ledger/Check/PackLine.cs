using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A pack's row, and its institution.</summary>
internal sealed record PackLine(InstitutionId Institution, Pack Pack);
