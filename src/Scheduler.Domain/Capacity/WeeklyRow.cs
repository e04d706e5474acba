using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>Seats on some weekdays between two local times of the pool.</summary>
/// <param name="Days">The weekdays.</param>
/// <param name="From">First slot's local start, a whole hour.</param>
/// <param name="ToHour">The local hour at which the last slot ends: a whole hour 1–24, later than <paramref name="From"/>.</param>
/// <param name="Seats">Seats offered in each slot.</param>
public sealed record WeeklyRow(ImmutableArray<IsoDayOfWeek> Days, LocalTime From, int ToHour, int Seats);
