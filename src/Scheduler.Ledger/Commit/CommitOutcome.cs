using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The outcome of a commit: a closed list. A <see cref="Committed"/> change is on disk. An <see cref="Unknown"/> change may be on disk. With every other
/// outcome the change is certainly not on disk.
/// </summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>The change is on disk.</summary>
    /// <param name="Change">The place of the change, for <see cref="LedgerReader.Answer"/>.</param>
    /// <param name="Shortfalls">The seats booked and held beyond a forced capacity, by slot.</param>
    /// <param name="RequestSequence">The sequence given to the request that the change made; 0 without one.</param>
    public sealed record Committed(ChangeRef Change, ImmutableArray<Shortfall> Shortfalls, long RequestSequence) : CommitOutcome
    {
        /// <summary>What became of the entries of a plan (<see cref="Change.Application"/>); null for any other change.</summary>
        public PlanApplied? Applied { get; init; }
    }

    /// <summary>The outcome of a call without a change, which only sweeps.</summary>
    /// <param name="HasMore">Whether more holds may have lapsed than the call swept.</param>
    internal sealed record Swept(bool HasMore) : CommitOutcome;

    /// <summary>These slots have too few free seats. The caller asks the slots again for fresh figures.</summary>
    public sealed record SlotShort(ImmutableArray<SlotHour> Slots) : CommitOutcome;

    /// <summary>The institution or the catalogue entry has another version. Its grain reads the ledger and decides again.</summary>
    public sealed record Stale : CommitOutcome;

    /// <summary>A pack has too few vouchers. The institution's grain reads the ledger and decides again.</summary>
    public sealed record PackShort : CommitOutcome;

    /// <summary>The hold ended before this change. The institution's grain reads the ledger and decides again.</summary>
    public sealed record HoldGone : CommitOutcome;

    /// <summary>
    /// The change makes a booking, a hold or a request on an exam, a pool or an institution that is retired. The institution's grain reads the catalogue and
    /// decides again.
    /// </summary>
    public sealed record Retired : CommitOutcome;

    /// <summary>Another plan of one of the pools is running. Nothing was written.</summary>
    /// <param name="Plan">The plan that is running.</param>
    public sealed record PlanRunning(PlanId Plan) : CommitOutcome;

    /// <summary>The new capacity is below the seats booked and held in these slots.</summary>
    public sealed record BelowBooked(ImmutableArray<Shortfall> Slots) : CommitOutcome;

    /// <summary>Too many changes wait already. The change was not tried.</summary>
    public sealed record Busy : CommitOutcome;

    /// <summary>
    /// The change was certainly not written: the database could not be reached or refused the change, or the caller cancelled before the committer took the
    /// change, or the ledger is closed.
    /// </summary>
    public sealed record Unavailable(string Why) : CommitOutcome;

    /// <summary>
    /// It is not known whether the change was written: the connection to the database was lost during the commit and could not be opened again in time, or the
    /// ledger has stopped. A repeat with the same idempotency key is safe. <see cref="SeatLedger.Resolve"/> waits until the outcome is known.
    /// </summary>
    public sealed record Unknown(string Why) : CommitOutcome;
}
