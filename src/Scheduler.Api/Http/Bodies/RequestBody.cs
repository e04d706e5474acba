using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a request for exactly one block: a waitlist entry.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RequestBody
{
    private const string Flexible = "must be left out: flexible requests are not supported yet, only requests for exactly the block at preferredStart";

    public required ExamId Exam { get; init; }

    public required PoolId Pool { get; init; }

    public Instant? PreferredStart { get; init; }

    [InPlaceOf("preferredStart")]
    [Description("The start in the institution's zone, in place of preferredStart.")]
    public LocalDateTime? LocalPreferredStart { get; init; }

    [Range(1, Limits.Seats)]
    [Description("All candidates, those with extra time included.")]
    public required int Seats { get; init; }

    public required DeliveryMode Mode { get; init; }

    [NullAsLeftOut]
    [MaxLength(Limits.Accommodations)]
    [WithinSeats]
    public AccommodationBody[]? Accommodations { get; init; }

    [NullAsLeftOut]
    [Range(1, Limits.Weight)]
    [DefaultValue(1)]
    [Description("Only an operator may give a weight other than 1.")]
    public int? Weight { get; init; }

    [NotTakenYet(Flexible)]
    public JsonElement? Windows { get; init; }

    [NullAsLeftOut]
    [NotTakenYet(Flexible)]
    public JsonElement? MinGroup { get; init; }

    /// <summary>The wish of an institution in this zone.</summary>
    public BookingWish ToWish(DateTimeZone zone)
    {
        var start = BodyStart.Of(PreferredStart, LocalPreferredStart, zone);
        return new()
        {
            Exam = Exam,
            Pool = Pool,
            Start = start.At,
            IsSkippedHour = start.IsSkippedHour,
            Seats = Seats,
            Mode = Mode,
            Accommodations = AccommodationBody.ToDomain(Accommodations),
        };
    }
}
