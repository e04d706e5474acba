using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What became of a change: a closed list. Only <see cref="Committed"/> is on disk.</summary>
public abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <summary>It is on disk.</summary>
    /// <param name="Sequence">Its place among all changes of this committer.</param>
    /// <param name="Shortfalls">What a forced capacity left over, by slot.</param>
    /// <param name="RequestSequence">The sequence given to the request it made; 0 without one.</param>
    public sealed record Committed(long Sequence, ImmutableArray<Shortfall> Shortfalls, long RequestSequence) : CommitOutcome;

    /// <summary>A slot has not enough room: its grain was wrong, and reloads.</summary>
    public sealed record SlotShort(ImmutableArray<SlotHour> Slots) : CommitOutcome;

    /// <summary>The institution, or the catalogue entry, stands at another version: its grain reloads and decides again.</summary>
    public sealed record Stale : CommitOutcome;

    /// <summary>A pack has not enough vouchers: as stale.</summary>
    public sealed record PackShort : CommitOutcome;

    /// <summary>The hold was swept in the meantime.</summary>
    public sealed record HoldGone : CommitOutcome;

    /// <summary>Capacity would fall below what is booked and held in these slots.</summary>
    public sealed record BelowBooked(ImmutableArray<Shortfall> Slots) : CommitOutcome;

    /// <summary>Too much waits already: nothing was tried.</summary>
    public sealed record Busy : CommitOutcome;

    /// <summary>The database could not be reached, or refused this very change; it is certain that nothing was written.</summary>
    public sealed record Unavailable(string Why) : CommitOutcome;
}
