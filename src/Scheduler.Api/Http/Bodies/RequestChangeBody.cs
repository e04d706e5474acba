using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>The body that changes a request that waits. What is left out stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RequestChangeBody : ICheckedBody
{
    public Instant? PreferredStart { get; init; }

    [InPlaceOf("preferredStart", isOptional: true)]
    [Description("The start in the institution's zone, in place of preferredStart.")]
    public LocalDateTime? LocalPreferredStart { get; init; }

    [Range(1, Limits.Seats)]
    [Description("All candidates, those with extra time and those that plans have placed included.")]
    public int? Seats { get; init; }

    [NullAsLeftOut]
    [MaxLength(Limits.Accommodations)]
    [WithinSeats]
    public AccommodationBody[]? Accommodations { get; init; }

    [NullAsLeftOut]
    [Range(1, Limits.Weight)]
    [Description("Only an operator may give a weight other than 1.")]
    public int? Weight { get; init; }

    [MaxLength(Limits.RequestWindows)]
    [Description("Only of a flexible request: the new windows, in place of all that it had.")]
    public WindowBody[]? Windows { get; init; }

    [NullAsLeftOut]
    [Range(1, Limits.Seats)]
    [Description("Only of a flexible request. The number of all seats means that the request is not split.")]
    public int? MinGroup { get; init; }

    public void Check(FieldFaults faults) => WindowBody.Check(Windows, faults);

    /// <summary>Adds a fault for each field that does not fit the request as it would be, and for each that only a flexible request has.</summary>
    public void CheckAgainst(Request request, Catalogue catalogue, FieldFaults faults)
    {
        var seats = Seats ?? request.Seats;
        if (request.IsFlexible && MinGroup > seats)
            faults.Add("minGroup", $"must be at most seats, {seats}");
        var zone = catalogue.ZoneOf(request.Institution);
        var keepsStart = PreferredStart is null && LocalPreferredStart is null;
        if (request.IsFlexible && !keepsStart)
        {
            PreferredStarts.Check(
                PreferredStart, LocalPreferredStart, WindowBody.ToDomain(Windows) ?? [.. request.Windows],
                catalogue.Pools.GetValueOrDefault(request.Pool)?.Value, zone, faults);
        }
        else if (request.IsFlexible && WindowBody.ToDomain(Windows) is { } windows)
        {
            var start = LocalStart.Shown(zone, request.PreferredStart);
            if (!windows.Any(window => window.Spans(start)))
                faults.Add("windows", $"must span the request's preferred start, {TextForms.LocalTime.Write(start)}; or give a preferredStart that they span");
        }

        const string remedy = "must be left out: the request waits for exactly one block. Withdraw it and queue a request with windows";
        if (!request.IsFlexible && Windows is not null)
            faults.Add("windows", remedy);
        if (!request.IsFlexible && MinGroup is not null)
            faults.Add("minGroup", remedy);
    }

    /// <summary>The command about a request of an institution in this zone.</summary>
    public ChangeRequestCommand ToCommand(Caller caller, Request request, DateTimeZone zone)
    {
        BodyStart? start = PreferredStart is null && LocalPreferredStart is null ? null : BodyStart.Of(PreferredStart, LocalPreferredStart, zone);
        return new(
            caller, request.Id.Value, Seats, Accommodations is { } groups ? [.. AccommodationBody.ToDomain(groups)] : null, start?.At,
            start?.IsSkippedHour ?? false, Weight, WindowBody.ToDomain(Windows), MinGroup);
    }
}
