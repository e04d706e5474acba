using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The load of a pool on a local day, in seat hours.</summary>
internal sealed record ComparedDayView
{
    public required PoolId Pool { get; init; }

    public required LocalDate Day { get; init; }

    public required long Capacity { get; init; }

    [Description("Booked and held when the plan was made.")]
    public required long Before { get; init; }

    public required long FirstComeFirstServed { get; init; }

    [Description("When the plan is applied.")]
    public required long After { get; init; }
}
