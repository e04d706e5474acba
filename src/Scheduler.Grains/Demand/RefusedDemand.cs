using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// The refused sittings of this silo since the last hand-over to the ledger. Noting one is a look-up in memory: the answer to a refused call never waits for
/// the disk, nor for the hand-over. The number of sittings is bounded; what is beyond is only counted.
/// </summary>
internal sealed class RefusedDemand(int most = Limits.RefusedSittings)
{
    private readonly ConcurrentDictionary<(InstitutionId, ExamId, NodaTime.LocalDate), RefusedWish> _wishes = [];
    private int _count;
    private long _leftOut;

    /// <summary>Notes a wish that was refused for seats. A retry of the same institution, exam and local day counts once, with its greatest seats.</summary>
    public void Note(RefusedWish wish)
    {
        var sitting = (wish.Institution.Id, wish.Wish.Exam, LeadTime.Day(wish.Wish.Start, wish.Institution.Zone));
        while (true)
        {
            if (_wishes.TryGetValue(sitting, out var known))
            {
                if (known.Wish.Seats >= wish.Wish.Seats || _wishes.TryUpdate(sitting, wish, known))
                    return;
            }
            else if (Interlocked.Increment(ref _count) > most)
            {
                Interlocked.Decrement(ref _count);
                Interlocked.Increment(ref _leftOut);
                return;
            }
            else if (_wishes.TryAdd(sitting, wish))
            {
                return;
            }
            else
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    /// <summary>Takes everything that was noted, and how many calls there was no room for.</summary>
    public (ImmutableArray<RefusedWish> Wishes, long LeftOut) Take()
    {
        var taken = ImmutableArray.CreateBuilder<RefusedWish>();
        foreach (var sitting in _wishes.Keys)
        {
            if (!_wishes.TryRemove(sitting, out var wish))
                continue;
            Interlocked.Decrement(ref _count);
            taken.Add(wish);
        }

        return (taken.ToImmutable(), Interlocked.Exchange(ref _leftOut, 0));
    }
}
