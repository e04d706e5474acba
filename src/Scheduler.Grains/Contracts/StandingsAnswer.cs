using System.Collections.Immutable;
using Orleans;

namespace Scheduler.Grains;

/// <summary>How requests of an institution stand.</summary>
/// <param name="Standings">One for each request that was asked for and waits.</param>
[GenerateSerializer, Immutable, Alias("scheduler.standings-answer")]
public sealed record StandingsAnswer([property: Id(0)] ImmutableArray<RequestStanding> Standings);
