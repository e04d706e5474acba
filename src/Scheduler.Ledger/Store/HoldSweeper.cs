using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// R10: the lapsed holds that a batch sweeps. A hold that the database refuses to sweep is skipped for a minute, so that the hold does not fail every batch.
/// </summary>
internal sealed class HoldSweeper(ICommitStore store, IClock clock, ILogger log)
{
    private static readonly Duration _pause = Duration.FromMinutes(1);
    private readonly Dictionary<HoldId, Instant> _pausedUntil = [];

    /// <summary>
    /// Whether more holds may have lapsed than were last given to be swept. False when all of those are left alone: to ask again would sweep none.
    /// </summary>
    public bool HasMore { get; private set; }

    /// <summary>Changes that sweep the holds that have lapsed now.</summary>
    public IEnumerable<PreparedChange> Sweeps(bool exact)
    {
        var now = clock.GetCurrentInstant();
        return Lapsed(now, exact).Select(hold => LapsedHold.Sweep(hold, now));
    }

    /// <summary>The holds that have lapsed now; an empty list when the holds cannot be read. In that case a later batch sweeps them.</summary>
    public IReadOnlyList<Hold> LapsedOrNone()
    {
        try
        {
            return Lapsed(clock.GetCurrentInstant(), exact: true);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.LogWarning(exception, "The lapsed holds could not be read; a later batch sweeps them");
            return [];
        }
    }

    /// <summary>Skips a hold for a minute.</summary>
    public void Pause(Hold hold)
    {
        _pausedUntil[hold.Id] = clock.GetCurrentInstant() + _pause;
        log.LogError("Hold {Hold} cannot be swept. The hold keeps its seats; the next try is in a minute", hold.Id);
    }

    private List<Hold> Lapsed(Instant now, bool exact)
    {
        HasMore = false;
        var lapsed = store.LapsedHolds(now, exact);
        foreach (var (id, _) in _pausedUntil.Where(one => one.Value <= now).ToList())
            _pausedUntil.Remove(id);
        List<Hold> swept = [.. lapsed.Where(hold => !_pausedUntil.ContainsKey(hold.Id))];
        HasMore = lapsed.Count >= LapsedHold.MostPerBatch && swept.Count > 0;
        return swept;
    }
}
