using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a booking, and of a hold.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record BookingBody
{
    public required ExamId Exam { get; init; }

    public required PoolId Pool { get; init; }

    public Instant? Start { get; init; }

    [InPlaceOf("start")]
    [Description("The start in the institution's zone, in place of start.")]
    public LocalDateTime? LocalStart { get; init; }

    [Range(1, Limits.Seats)]
    [Description("All candidates, those with extra time included.")]
    public required int Seats { get; init; }

    public required DeliveryMode Mode { get; init; }

    [NullAsLeftOut]
    [MaxLength(Limits.Accommodations)]
    [WithinSeats]
    [Description("Groups of candidates with extra time. Together they have no more candidates than seats.")]
    public AccommodationBody[]? Accommodations { get; init; }

    [Line]
    public string? Reference { get; init; }

    [NullAsLeftOut]
    [Description("Only an operator may send an override. It skips lead_time and fair_share, and no other rule.")]
    public OverrideBody? Override { get; init; }

    /// <summary>The wish of an institution in this zone.</summary>
    public BookingWish ToWish(DateTimeZone zone)
    {
        var start = BodyStart.Of(Start, LocalStart, zone);
        return new()
        {
            Exam = Exam,
            Pool = Pool,
            Start = start.At,
            IsSkippedHour = start.IsSkippedHour,
            Seats = Seats,
            Mode = Mode,
            Accommodations = AccommodationBody.ToDomain(Accommodations),
            Reference = Reference,
            OverrideReason = Override?.Reason,
        };
    }
}
