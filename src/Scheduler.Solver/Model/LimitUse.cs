using System.Collections.Concurrent;

namespace Scheduler.Solver;

/// <summary>Seats in use against the institutions' limits at any instant, counted from the assignments. Covers limits without rows (they cannot bind) and
/// times outside the rows. Safe for several threads.</summary>
internal sealed class LimitUse(Season season, Incumbent incumbent)
{
    private readonly Dictionary<string, int> _index =
        season.Instance.Institutions.Select((institution, at) => (institution.Id, at)).ToDictionary(p => p.Id, p => p.at);

    private readonly ConcurrentDictionary<(int Institution, LimitKind Kind), OneLimit> _limits = [];
    private readonly long _slot = NodaTime.Duration.FromMinutes(season.Instance.SlotMinutes).BclCompatibleTicks;
    private readonly Lazy<ILookup<int, int>> _requests = new(() => Enumerable.Range(0, season.Table.Requests).ToLookup(r => season.Table.Owner[r]));

    /// <summary>The limit that the request counts against; null for none.</summary>
    public OneLimit? Of(Request request)
    {
        if (request.Limit is not { } kind)
            return null;
        var at = _index[request.Institution];
        foreach (var limit in season.Instance.Institutions[at].Limits)
        {
            if (limit.Kind == kind)
                return _limits.GetOrAdd((at, kind), _ => new OneLimit(this, at, limit));
        }
        return null;
    }

    /// <summary>The instants at which the seats in use change, and the seats in use from then on.</summary>
    private (long[] At, long[] Seats) Steps(int institution, LimitKind kind)
    {
        var changes = new SortedDictionary<long, long>();
        foreach (var r in _requests.Value[institution].Where(r => season.Instance.Requests[r].Limit == kind))
        {
            var request = season.Instance.Requests[r];
            foreach (var (position, seats) in Placed(r))
            {
                var candidate = request.Candidates[position];
                for (var at = 0; at < candidate.Seats.Count; at++)
                {
                    var amount = seats == 0 ? 0 : OptionTable.PartAmount(candidate.Seats[at], seats, season.Table.Size[r]);
                    var start = candidate.Start.ToUnixTimeTicks() + (at * _slot);
                    changes[start] = changes.GetValueOrDefault(start) + amount;
                    changes[start + _slot] = changes.GetValueOrDefault(start + _slot) - amount;
                }
            }
        }
        var (starts, sums, sum) = (changes.Keys.ToArray(), new long[changes.Count], 0L);
        var next = 0;
        foreach (var change in changes.Values)
            sums[next++] = sum += change;
        return (starts, sums);
    }

    private IEnumerable<(int Candidate, int Seats)> Placed(int r)
    {
        if (season.Fixed[r])
            yield return (season.Instance.Requests[r].Current!.Candidate, season.Table.Size[r]);
        for (var unit = incumbent.FirstUnit[r]; unit < incumbent.FirstUnit[r + 1]; unit++)
        {
            if (incumbent.Option[unit] >= 0)
                yield return (season.Table.Candidate[incumbent.Option[unit]], incumbent.Seats[unit]);
        }
    }

    /// <summary>One limit of one institution. Its seats are counted at the first call.</summary>
    internal sealed class OneLimit(LimitUse use, int institution, InstitutionLimit limit)
    {
        private readonly long _length = use._slot;
        private readonly Lazy<(long[] At, long[] Seats)> _steps = new(() => use.Steps(institution, limit.Kind));

        /// <summary>The most seats at once.</summary>
        public int Capacity => limit.Capacity;

        /// <summary>The most seats in use at any instant of the slot that begins at <paramref name="start"/>.</summary>
        public long Used(long start)
        {
            var (at, seats) = _steps.Value;
            var first = Array.BinarySearch(at, start);
            var most = 0L;
            for (var index = first >= 0 ? first : Math.Max(0, ~first - 1); index < at.Length && at[index] < start + _length; index++)
                most = Math.Max(most, seats[index]);
            return most;
        }
    }
}
