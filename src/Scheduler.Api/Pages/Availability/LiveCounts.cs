using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Tells a page when free seats of pools have changed. Each stream looks at the picture in memory once a second and keeps nothing, so a slow reader misses
/// changes in between and holds up nobody. A beat says that the stream still lives.
/// </summary>
internal sealed class LiveCounts(SeasonPicture picture, TimeProvider time, IClock clock)
{
    /// <summary>The event after a change.</summary>
    public const string Changed = "counts";

    /// <summary>The event when nothing has changed for a while.</summary>
    public const string Beat = "beat";

    private const int QuietSeconds = 10;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>The events; each has the instant of the look. Ends when the reader goes or the server stops.</summary>
    public async IAsyncEnumerable<(string Kind, Instant At)> Of(
        ImmutableArray<Pool> pools, Instant from, Instant to, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(_pause, time);
        var last = Sum(pools, from, to);
        yield return Event(Beat);
        for (var quiet = 0; await Tick(timer, cancellation);)
        {
            var next = Sum(pools, from, to);
            quiet++;
            if (next != last)
                yield return Event(Changed);
            else if (quiet >= QuietSeconds)
                yield return Event(Beat);
            else
                continue;
            (last, quiet) = (next, 0);
        }
    }

    private static async ValueTask<bool> Tick(PeriodicTimer timer, CancellationToken cancellation)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private (string Kind, Instant At) Event(string kind) => (kind, clock.GetCurrentInstant());

    /// <summary>A number that differs, but for rare accidents, when a capacity or the free seats of a slot differ.</summary>
    private int Sum(ImmutableArray<Pool> pools, Instant from, Instant to)
    {
        var sum = default(HashCode);
        var now = clock.GetCurrentInstant();
        foreach (var pool in pools)
        {
            var slots = picture.Pool(pool.Id);
            foreach (var start in pool.Grid.Starts(from, to))
            {
                var view = slots?.Look(SlotMinutes.Of(start), now) ?? default;
                sum.Add(view.Capacity);
                sum.Add(view.Free);
            }
        }

        return sum.ToHashCode();
    }
}
