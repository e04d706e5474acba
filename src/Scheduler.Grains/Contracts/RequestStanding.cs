using NodaTime;
using Orleans;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>How a request that waits stands now. A picture, a moment old at most: only a commit decides.</summary>
/// <param name="Request">The request.</param>
/// <param name="Candidates">The number of blocks that fit the request.</param>
/// <param name="Tier">How near the request is to a booking.</param>
/// <param name="Why">What stands in the way at the nearest start; null when nothing does, so that the request waits for the next plan.</param>
/// <param name="Nearest">
/// The start nearest to the preferred one at which a booking of the request, or of its smallest part, would be made now: a candidate, or else another start
/// within a week of the preferred one. Null without one.
/// </param>
/// <param name="IsCandidate">Whether the nearest start is one of the request's candidates.</param>
/// <param name="IsOver">Whether the request can never be served any more, so that it counts as expired.</param>
[GenerateSerializer, Immutable, Alias("scheduler.request-standing")]
public sealed record RequestStanding(
    [property: Id(0)] Guid Request,
    [property: Id(1)] int Candidates,
    [property: Id(2)] RequestTier Tier,
    [property: Id(3)] Refusal? Why,
    [property: Id(4)] Instant? Nearest,
    [property: Id(5)] bool IsCandidate,
    [property: Id(6)] bool IsOver);
