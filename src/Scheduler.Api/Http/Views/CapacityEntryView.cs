using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The templates and exceptions of a pool, as the record of changes shows them.</summary>
internal sealed record CapacityEntryView
{
    public required PoolId Pool { get; init; }

    public required ImmutableArray<TemplateView> Templates { get; init; }

    public required ImmutableArray<ExceptionView> Exceptions { get; init; }

    public required int Version { get; init; }

    public static CapacityEntryView Of(CapacityEntry entry, int version) => new()
    {
        Pool = entry.Pool,
        Templates = ImmutableArray.CreateRange(entry.Capacity.Templates, TemplateView.Of),
        Exceptions = ImmutableArray.CreateRange(entry.Capacity.Exceptions, ExceptionView.Of),
        Version = version,
    };
}
