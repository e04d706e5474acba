using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Which sittings to count: of these institutions (null: of all), with from ≤ start &lt; to, and a start that is not later than now.</summary>
public sealed record UseFilter
{
    /// <summary>The institutions; null for all.</summary>
    public ImmutableArray<InstitutionId>? Institutions { get; init; }

    /// <summary>The first start; null for no limit.</summary>
    public Instant? From { get; init; }

    /// <summary>The end of the starts, not included; null for no limit.</summary>
    public Instant? To { get; init; }

    /// <summary>The instant of the reading. Sittings that begin later are not counted.</summary>
    public required Instant Now { get; init; }
}
