using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>A request.</summary>
internal sealed record RequestView
{
    public required Guid Id { get; init; }

    [OneOf("flexible", "waitlist")]
    public required string Kind { get; init; }

    public required InstitutionId Institution { get; init; }

    public required ExamId Exam { get; init; }

    public required PoolId Pool { get; init; }

    public required Instant PreferredStart { get; init; }

    [Description("The preferred start in the institution's zone.")]
    public required LocalDateTime LocalStart { get; init; }

    [Description("The institution's zone.")]
    public required DateTimeZone Zone { get; init; }

    public required int Seats { get; init; }

    [Description("Seats per successive slot.")]
    public required ImmutableArray<int> SeatProfile { get; init; }

    public required DeliveryMode Mode { get; init; }

    public required ImmutableArray<AccommodationView> Accommodations { get; init; }

    [Description("The windows of a flexible request, in the institution's zone; empty for a waitlist entry.")]
    public required ImmutableArray<WindowView> Windows { get; init; }

    [Description("The fewest candidates of one part; null for a request that is not split.")]
    public required int? MinGroup { get; init; }

    [Description("The candidates that plans have placed.")]
    public required int PlacedSeats { get; init; }

    public required int Weight { get; init; }

    public required RequestStatus Status { get; init; }

    [Description("The place in this queue, counted from 1. Null when the request does not wait. GET of a single request also shows null.")]
    public required int? Position { get; init; }

    [Description("The place among all requests that wait for the block, counted from 1. Null when the request does not wait.")]
    public required int? Rank { get; init; }

    [Description("The number of blocks that fit the request. Null where it is not known: in records, and for a request that does not wait.")]
    public required int? Candidates { get; init; }

    [Description("The booking that served the request; null without one.")]
    public required Guid? Booking { get; init; }

    [Description("The bookings that plans made for a flexible request.")]
    public required ImmutableArray<Guid> Bookings { get; init; }

    [OneOf("impossible", "not_ready", "blocked", "waiting")]
    [Description("impossible: the request cannot be served as it asks. not_ready: the onboarding is not complete. blocked: a rule stands in the way. "
        + "waiting: the request waits for seats, for an hour that is closed today, or for the next plan. Null where it is not known.")]
    public required string? Tier { get; init; }

    [Description("What stands in the way, at the start nearest to the preferred one; null when nothing does.")]
    public required BlockedByView? BlockedBy { get; init; }

    [Description("The nearest start, of the candidates or else within a week, at which a booking would be made now; null without one.")]
    public required NearestStartView? Nearest { get; init; }

    [Description("The seats of the requests that are served before this one: of the flexible requests for the pool, or of those that wait for the block.")]
    public required int? SeatsAhead { get; init; }

    [Description("What the last plan says about the request; null when no plan has met it, or the last one served it in full.")]
    public required LastPlanView? LastPlan { get; init; }

    [Description("When the request was last passed over, and why: the code of a refusal.")]
    public required PassedOverView? PassedOver { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    /// <summary>The view of a request. The catalogue has the zone of the request's institution.</summary>
    public static RequestView Of(Request request, Catalogue catalogue, int? position = null, int? candidates = null) => new()
    {
        Id = request.Id.Value,
        Kind = request.IsFlexible ? "flexible" : "waitlist",
        Institution = request.Institution,
        Exam = request.Exam,
        Pool = request.Pool,
        PreferredStart = request.PreferredStart,
        LocalStart = Domain.LocalStart.Shown(catalogue.ZoneOf(request.Institution), request.PreferredStart),
        Zone = catalogue.ZoneOf(request.Institution),
        Seats = request.Seats,
        SeatProfile = request.Profile.Seats,
        Mode = request.Mode,
        Accommodations = AccommodationView.Of(request.Accommodations),
        Windows = ImmutableArray.CreateRange(request.Windows, WindowView.Of),
        MinGroup = request.MinGroup,
        PlacedSeats = request.PlacedSeats,
        Weight = request.Weight,
        Status = request.Status,
        Position = position,
        Rank = null,
        Candidates = request.IsFlexible ? candidates : 1,
        Booking = request.Booking?.Value,
        Bookings = ImmutableArray.CreateRange(request.Bookings, static booking => booking.Value),
        Tier = null,
        BlockedBy = null,
        Nearest = null,
        SeatsAhead = null,
        LastPlan = null,
        PassedOver = PassedOverView.Of(request.PassedOver),
        Version = request.Version,
    };

    /// <summary>The view of a request as it stands now.</summary>
    public RequestView At(Request request, RequestStanding standing) => this with
    {
        Status = standing.IsOver ? RequestStatus.Expired : Status,
        Candidates = standing.Candidates,
        Tier = standing.IsOver ? null : Word(standing.Tier),
        BlockedBy = standing is { IsOver: false, Why: { } why } ? BlockedByView.Of(why, Zone) : null,
        Nearest = standing is { IsOver: false, Nearest: { } start } ? NearestStartView.Of(start, request, standing.IsCandidate, Zone) : null,
    };

    private static string Word(RequestTier tier) => tier switch
    {
        RequestTier.Impossible => "impossible",
        RequestTier.NotReady => "not_ready",
        RequestTier.Blocked => "blocked",
        _ => "waiting",
    };
}
