using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

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

    public required int Weight { get; init; }

    public required RequestStatus Status { get; init; }

    [Description("The place in this queue, counted from 1. Null when the request does not wait. GET of a single request also shows null.")]
    public required int? Position { get; init; }

    [Description("The place among all requests that wait for the block, counted from 1. Null when the request does not wait.")]
    public required int? Rank { get; init; }

    [Description("The number of blocks that fit the request.")]
    public required int Candidates { get; init; }

    [Description("The booking that served the request; null without one.")]
    public required Guid? Booking { get; init; }

    [Description("When the request was last passed over, and why: the code of a refusal.")]
    public required PassedOverView? PassedOver { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    /// <summary>The view of a request. The catalogue has the zone of the request's institution.</summary>
    public static RequestView Of(Request request, Catalogue catalogue, int? position = null, int? rank = null) => new()
    {
        Id = request.Id.Value,
        Kind = "waitlist",
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
        Weight = request.Weight,
        Status = request.Status,
        Position = position,
        Rank = rank,
        Candidates = 1,
        Booking = request.Booking?.Value,
        PassedOver = request.PassedOver is { } passedOver ? new() { At = passedOver.At, Why = passedOver.Why } : null,
        Version = request.Version,
    };
}
