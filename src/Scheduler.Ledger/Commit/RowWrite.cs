using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A row that a change writes: a closed list.</summary>
public abstract record RowWrite
{
    private RowWrite()
    {
    }

    /// <summary>A new booking.</summary>
    public sealed record BookingMade(Booking Booking) : RowWrite;

    /// <summary>A booking that was cancelled, moved or resized, or whose attendance was recorded. The row gets these values.</summary>
    public sealed record BookingChanged(Booking Booking) : RowWrite;

    /// <summary>A new hold. The first commit after its expiry sweeps it: the hold is marked lapsed, and its seats and vouchers are given back.</summary>
    public sealed record HoldMade(Hold Hold) : RowWrite;

    /// <summary>
    /// A hold that was confirmed or released, or that lapsed. Refused with <see cref="CommitOutcome.HoldGone"/> when the hold has already ended.
    /// </summary>
    public sealed record HoldEnded(HoldId Hold, HoldStatus Status, BookingId? Booking) : RowWrite;

    /// <summary>
    /// A new request, or a waitlist entry that got another block, so that its row is replaced. The ledger gives the sequence and returns it in the outcome.
    /// </summary>
    public sealed record RequestMade(Request Request) : RowWrite;

    /// <summary>A request that was placed or withdrawn, expired, or was passed over.</summary>
    public sealed record RequestChanged(Request Request) : RowWrite;

    /// <summary>A new pack.</summary>
    public sealed record PackMade(InstitutionId Institution, Pack Pack) : RowWrite;

    /// <summary>
    /// A pack that was corrected or taken back: the row gets the quantity, the purchase date and void. Refused with <see cref="CommitOutcome.PackShort"/> when
    /// more vouchers than the quantity are taken.
    /// </summary>
    public sealed record PackChanged(Pack Pack) : RowWrite;

    /// <summary>
    /// A catalogue entry that was made or replaced, with its new version. The stored entry must have the version before; for version 1 there must be no stored
    /// entry. Otherwise the outcome is <see cref="CommitOutcome.Stale"/>.
    /// </summary>
    public sealed record CataloguePut(CatalogueEntry Entry, int Version) : RowWrite;

    /// <summary>
    /// Nothing is written: the change rests on this catalogue entry, which must still have this version (0: must still be absent; otherwise <see
    /// cref="CommitOutcome.Stale"/>).
    /// </summary>
    public sealed record CatalogueUnchanged(CatalogueEntry Entry, int Version) : RowWrite;

    /// <summary>
    /// Nothing is written: no booking, hold or request that rests on this entry was made or changed after the mark (<see cref="Retirement"/>), no school got
    /// this board, and of a policy no season got a lead time beyond its horizon; otherwise <see cref="CommitOutcome.Stale"/>. Whoever makes this row has read
    /// that nothing rests on the entry at the mark.
    /// </summary>
    public sealed record NothingRests(CatalogueEntry Entry, LedgerMark Mark, Instant Now) : RowWrite;

    /// <summary>
    /// A plan that was made or changed. The stored plan must have the version before; for version 1 there must be no stored plan. Otherwise the outcome is <see
    /// cref="CommitOutcome.Stale"/>. While the plan is running, it has the pools of its scope for itself: when another plan of one of these pools is running,
    /// the outcome is <see cref="CommitOutcome.PlanRunning"/>.
    /// </summary>
    public sealed record PlanPut(PlanRow Plan) : RowWrite;

    /// <summary>
    /// A private row that was made or changed. The stored row must have the version before; for version 1 there must be no stored row. Otherwise the outcome is
    /// <see cref="CommitOutcome.Stale"/>.
    /// </summary>
    public sealed record PrivatePut(PrivateRow Row) : RowWrite;

    /// <summary>A file of a plan, made or replaced.</summary>
    public sealed record PlanFile(PlanId Plan, PlanFileKind Kind, ImmutableArray<byte> Body) : RowWrite;

    /// <summary>The files of a plan are removed.</summary>
    public sealed record PlanFilesRemoved(PlanId Plan) : RowWrite;

    /// <summary>
    /// What a plan says about its requests. The reasons take the place of those of earlier plans; the requests in <paramref name="Served"/> are served in full,
    /// and have no reason any more.
    /// </summary>
    public sealed record PlanReasons(ImmutableArray<PlanReason> Reasons, ImmutableArray<RequestId> Served) : RowWrite;

    /// <summary>
    /// Refused sittings of one pool, each institution, exam and day at most once. A row that is there already keeps the greater number of seats. Sittings of
    /// the pool that started before <paramref name="Kept"/> are removed.
    /// </summary>
    public sealed record SittingsRefused(PoolId Pool, ImmutableArray<RefusedSitting> Sittings, Instant Kept) : RowWrite;

    /// <summary>
    /// Capacities of slots of one pool, ascending by start. A slot without a row gets a row. Without <paramref name="Force"/>, lowering a capacity below the
    /// seats booked and held is refused (<see cref="CommitOutcome.BelowBooked"/>) and nothing is changed. With <paramref name="Force"/>, the excess is recorded
    /// as the slot's shortfall and returned in the outcome.
    /// </summary>
    public sealed record CapacitySet(PoolId Pool, ImmutableArray<SlotCapacity> Slots, bool Force) : RowWrite;
}
