using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>R10: the lapsed holds that a batch sweeps. One that the database refuses to sweep is set aside for a minute, so that it does not fail every batch.</summary>
internal sealed class Sweeping(ICommitStore store, IClock clock, ILogger log)
{
    private static readonly Duration _aside = Duration.FromMinutes(1);
    private readonly Dictionary<HoldId, Instant> _setAside = [];

    /// <summary>Changes that sweep what is due now.</summary>
    public IEnumerable<Change> Changes(bool exact)
    {
        var now = clock.GetCurrentInstant();
        return Due(exact).Select(hold => Lapse.Of(hold, now));
    }

    /// <summary>What is due now; none when the database does not say. Whoever asks next sweeps it then.</summary>
    public IReadOnlyList<Hold> DueOrNone()
    {
        try
        {
            return Due(exact: true);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            log.LogWarning(exception, "Which holds have lapsed could not be read; they are swept later");
            return [];
        }
    }

    /// <summary>Leaves a hold alone for a minute.</summary>
    public void SetAside(Hold hold)
    {
        _setAside[hold.Id] = clock.GetCurrentInstant() + _aside;
        log.LogError("Hold {Hold} cannot be swept; it keeps its seats, and is tried again in a minute", hold.Id);
    }

    private List<Hold> Due(bool exact)
    {
        var now = clock.GetCurrentInstant();
        var due = store.Due(now, exact);
        if (_setAside.Count == 0)
            return [.. due];
        foreach (var (id, _) in _setAside.Where(one => one.Value <= now).ToList())
            _setAside.Remove(id);
        return [.. due.Where(hold => !_setAside.ContainsKey(hold.Id))];
    }
}
