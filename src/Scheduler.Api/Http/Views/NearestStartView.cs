using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The nearest start at which a booking would be made now.</summary>
internal sealed record NearestStartView
{
    public required Instant Start { get; init; }

    [Description("The start in the institution's zone.")]
    public required LocalDateTime LocalStart { get; init; }

    [Description("The institution's zone.")]
    public required DateTimeZone Zone { get; init; }

    [Description("The seats of the booking: all that are open, or the smallest part of a request that may be split.")]
    public required int Seats { get; init; }

    [Description("Whether the start is one of the request's candidates.")]
    public required bool Candidate { get; init; }

    public static NearestStartView Of(Instant start, Request request, bool isCandidate, DateTimeZone zone) => new()
    {
        Start = start,
        LocalStart = Domain.LocalStart.Shown(zone, start),
        Zone = zone,
        Seats = RequestTiers.SmallestPart(request),
        Candidate = isCandidate,
    };
}
