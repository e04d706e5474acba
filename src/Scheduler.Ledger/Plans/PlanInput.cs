using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// What the application of a plan rests on, read at one moment before the commit. The commit uses what has not changed since, and reads the rest again under
/// lock: so the decision is on the rows as they are at the commit, and the commit has little to read.
/// </summary>
/// <param name="At">The instant of the reading. Bookings that had ended by then are not in the states.</param>
/// <param name="Catalogue">The catalogue. When an entry of it has changed, the application is refused with <see cref="CommitOutcome.Stale"/>.</param>
/// <param name="CatalogueMark">The sum of the versions of all entries of the catalogue. Every change of the catalogue raises the sum.</param>
/// <param name="Institutions">The institutions of the entries: their versions, and their states. A state has only the bookings of <see cref="Reach"/>.</param>
/// <param name="Slots">The slots that the entries touch.</param>
public sealed record PlanInput(
    Instant At, Catalogue Catalogue, long CatalogueMark, ImmutableDictionary<InstitutionId, (long Version, InstitutionState State)> Institutions,
    ImmutableDictionary<SlotHour, SlotFigures> Slots)
{
    /// <summary>The bookings that can matter to the entries for which this was read.</summary>
    public required PlanReach Reach { get; init; }

    /// <summary>The requests of the bookings that move.</summary>
    public ImmutableDictionary<RequestId, Request> Requests { get; init; } = ImmutableDictionary<RequestId, Request>.Empty;
}
