using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>All that a plan needs, read at one moment of the ledger. No booking waits for the reading.</summary>
public sealed record SeasonCut
{
    /// <summary>The last change of each committer that the cut contains.</summary>
    public required LedgerMark Mark { get; init; }

    /// <summary>The catalogue.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>
    /// The flexible requests of the scope's pools that are queued or placed and whose last window is not over, by sequence.
    /// </summary>
    public required ImmutableArray<Request> Requests { get; init; }

    /// <summary>The bookings of these requests, of every status, by id.</summary>
    public required ImmutableDictionary<BookingId, Booking> Bookings { get; init; }

    /// <summary>
    /// The confirmed bookings and the live holds, in all pools, that touch the scope's hours, of the institutions of these requests: in the order of their ids.
    /// The bookings of the requests are among them.
    /// </summary>
    public required ImmutableArray<SeatedBlock> Seated { get; init; }

    /// <summary>The slots of the scope's pools from the scope's start to the end of the longest block, by pool and start.</summary>
    public required ImmutableArray<SlotTaken> Slots { get; init; }

    /// <summary>The packs of the institutions. Holds that have lapsed take no vouchers.</summary>
    public required ImmutableDictionary<InstitutionId, ImmutableArray<Pack>> Packs { get; init; }
}
