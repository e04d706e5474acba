using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>Local days and times of an institution in which a block of a flexible request may lie. The block must lie on one local day.</summary>
/// <param name="From">The first local date.</param>
/// <param name="To">The last local date, included.</param>
/// <param name="Days">The weekdays; empty for all days.</param>
/// <param name="FromMinute">The earliest local start, in minutes of the day, 0–1439.</param>
/// <param name="ToMinute">The latest local end, in minutes of the day, 1–1440 (1440 is midnight at the end of the day).</param>
public sealed record RequestWindow(LocalDate From, LocalDate To, ImmutableArray<IsoDayOfWeek> Days, int FromMinute, int ToMinute);
