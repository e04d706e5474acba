using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The confirmed bookings and live holds with a seat in some slots: the first ones by start, and how many there are in all.</summary>
public sealed record SeatedIn(ImmutableArray<BookingId> Bookings, int BookingsTotal, ImmutableArray<HoldId> Holds, int HoldsTotal);
