using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a request: with windows a flexible request, without windows a waitlist entry for exactly one block.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RequestBody : ICheckedBody
{
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

    [MaxLength(Limits.RequestWindows)]
    [Description("The windows of a flexible request. Without windows the request waits for exactly the block at preferredStart.")]
    public WindowBody[]? Windows { get; init; }

    [NullAsLeftOut]
    [Range(1, Limits.Seats)]
    [Description("The fewest candidates of one part, for a flexible request that may be split over several starts.")]
    public int? MinGroup { get; init; }

    public void Check(FieldFaults faults)
    {
        WindowBody.Check(Windows, faults);
        if (Windows is null && MinGroup is not null)
            faults.Add("minGroup", "must be left out of a request without windows: a waitlist entry is not split");
        else if (MinGroup > Seats)
            faults.Add("minGroup", $"must be at most seats, {Seats}");
    }

    /// <summary>Adds a fault for a preferred start that no plan could give to the flexible request.</summary>
    public void CheckStart(Catalogue catalogue, DateTimeZone zone, FieldFaults faults)
    {
        if (WindowBody.ToDomain(Windows) is { } windows)
            PreferredStarts.Check(PreferredStart, LocalPreferredStart, windows, catalogue.Pools.GetValueOrDefault(Pool)?.Value, zone, faults);
    }

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
