using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A pool in the view of a season.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Days">The days that are shown.</param>
public sealed record LoadLine(Pool Pool, ImmutableArray<LoadDay> Days);
