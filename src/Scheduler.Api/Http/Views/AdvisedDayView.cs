using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>What one local day is worth.</summary>
internal sealed record AdvisedDayView
{
    public required LocalDate Day { get; init; }

    public required double ShadowPrice { get; init; }

    public required long SeatHoursToServeAll { get; init; }
}
