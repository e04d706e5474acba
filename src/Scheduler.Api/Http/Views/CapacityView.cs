using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The templates and exceptions of a pool, and the slots that follow from them.</summary>
internal sealed record CapacityView
{
    public required PoolId Pool { get; init; }

    public required ImmutableArray<TemplateView> Templates { get; init; }

    public required ImmutableArray<ExceptionView> Exceptions { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required IReadOnlyList<CapacitySlotView> Slots { get; init; }
}
