using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The days of one pool in the season view.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="ServesExam">Whether the pool serves the exam that the reader chose; true without an exam.</param>
/// <param name="Days">The days, in order.</param>
/// <param name="OwnDays">Days on which the institution has bookings or holds in the pool.</param>
public sealed record SeasonLine(Pool Pool, bool ServesExam, ImmutableArray<SeasonDay> Days, ImmutableHashSet<LocalDate> OwnDays);
