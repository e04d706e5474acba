using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>A range of machine hours.</summary>
internal sealed record MachineHoursView
{
    [Description("Proven: fewer machine hours do not serve all.")]
    public required double Lower { get; init; }

    [Description("Achieved: seatsToServeAll says where.")]
    public required double Upper { get; init; }
}
