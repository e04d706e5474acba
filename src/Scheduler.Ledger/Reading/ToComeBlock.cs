using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The block of a booking, a hold or a request: its start in minutes since 1970 UTC, and its length in slots.</summary>
public readonly record struct ToComeBlock(InstitutionId Institution, int StartMinutes, int Slots);
