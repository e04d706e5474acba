using NodaTime;

namespace Scheduler.Solver.Tests;

/// <summary>Tries every plan of a tiny season and keeps the best in the order of the format: current assignments, least shortfall, greatest mandatory value,
/// greatest value; then the fairest within the slack. Shares no code with the solver.</summary>
internal sealed class TinyOracle
{
    private readonly Instance _instance;
    private readonly List<(int Candidate, int Seats)>[] _chosen;
    private readonly List<Outcome> _outcomes = [];

    private TinyOracle(Instance instance)
    {
        _instance = instance;
        _chosen = [.. instance.Requests.Select(_ => new List<(int, int)>())];
    }

    private sealed record Outcome(long Shortfall, double Mandatory, double Value, double[] Ratios);

    public static (double Value, double Mandatory, long Shortfall, double[] Ratios) Solve(Instance instance)
    {
        var oracle = new TinyOracle(instance);
        oracle.Try(0);
        var best = oracle._outcomes;
        var shortfall = best.Min(outcome => outcome.Shortfall);
        best = [.. best.Where(outcome => outcome.Shortfall == shortfall)];
        var mandatory = best.Max(outcome => outcome.Mandatory);
        var tolerance = 1e-9 * instance.Requests.Sum(request => Math.Abs(request.Value));
        best = [.. best.Where(outcome => outcome.Mandatory >= mandatory - tolerance)];
        var value = best.Max(outcome => outcome.Value);
        var floor = value - (instance.FairnessSlack * Math.Abs(value));
        var fairest = best.Where(outcome => outcome.Value >= floor - tolerance).Select(outcome => outcome.Ratios)
            .Aggregate((one, two) => Compare(one, two) >= 0 ? one : two);
        return (value, mandatory, shortfall, fairest);
    }

    public static int Compare(double[] one, double[] two)
    {
        for (var at = 0; at < one.Length; at++)
        {
            if (Math.Abs(one[at] - two[at]) > 1e-6)
                return one[at] < two[at] ? -1 : 1;
        }
        return 0;
    }

    /// <summary>Sorted served ratios of the institutions with demand that could be served.</summary>
    public static double[] RatiosOf(Instance instance, Func<int, long> served)
    {
        var ratios = new List<double>();
        foreach (var institution in instance.Institutions)
        {
            var (could, had) = (0L, 0L);
            for (var r = 0; r < instance.Requests.Count; r++)
            {
                if (instance.Requests[r].Institution != institution.Id)
                    continue;
                could += Alone(instance, r);
                had += served(r);
            }
            if (could > 0)
                ratios.Add(had / (double)could);
        }
        ratios.Sort();
        return [.. ratios];
    }

    private static long Alone(Instance instance, int r)
    {
        var request = instance.Requests[r];
        if (request.Current is { Movable: false })
            return SizeOf(request);
        var alone = new TinyOracle(instance with { Requests = [request with { Mandatory = false, Current = null }] });
        var most = 0L;
        foreach (var choice in alone.Choices(0))
        {
            alone._chosen[0] = choice;
            if (alone.Excess() == 0)
                most = Math.Max(most, choice.Sum(part => (long)part.Seats));
        }
        return most;
    }

    private void Try(int r)
    {
        if (r == _chosen.Length)
        {
            if (Excess() is { } shortfall)
                _outcomes.Add(new Outcome(shortfall, Sum(true), Sum(false), RatiosOf(_instance, at => _chosen[at].Sum(part => (long)part.Seats))));
            return;
        }
        foreach (var choice in Choices(r))
        {
            _chosen[r] = choice;
            Try(r + 1);
        }
        _chosen[r] = [];
    }

    private IEnumerable<List<(int Candidate, int Seats)>> Choices(int r)
    {
        var request = _instance.Requests[r];
        var size = SizeOf(request);
        if (request.Current is { Movable: false } current)
            return [[(current.Candidate, size)]];
        var all = request.MinGroup is { } group && size > 0
            ? Parts(request, 0, size, Math.Min(group, size))
            : request.Candidates.Select((_, k) => new List<(int, int)> { (k, size) }).Prepend([]);
        return request.Current is null ? all : all.Where(choice => choice.Count > 0 && choice.Sum(part => part.Item2) == size);
    }

    private static IEnumerable<List<(int, int)>> Parts(Request request, int k, int left, int least)
    {
        if (k == request.Candidates.Count)
            return [[]];
        var without = Parts(request, k + 1, left, least);
        var with = Enumerable.Range(0, left + 1).Where(seats => seats >= least)
            .SelectMany(seats => Parts(request, k + 1, left - seats, least).Select(rest => rest.Prepend((k, seats)).ToList()));
        return without.Concat(with);
    }

    /// <summary>Seats above capacity; null when an overfull slot or limit holds something new.</summary>
    private long? Excess()
    {
        var slot = Duration.FromMinutes(_instance.SlotMinutes);
        var pools = new Dictionary<(string, Instant), (long Seats, long Fresh)>();
        var spans = new List<(string Institution, LimitKind Kind, Instant From, long Seats, bool IsFresh)>();
        for (var r = 0; r < _chosen.Length; r++)
        {
            var request = _instance.Requests[r];
            foreach (var (k, part) in _chosen[r])
            {
                var candidate = request.Candidates[k];
                var isFresh = request.Current?.Candidate != k;
                for (var at = 0; at < candidate.Seats.Count; at++)
                {
                    var seats = (int)Math.Ceiling(part * candidate.Seats[at] / (double)Math.Max(1, SizeOf(request)) - 1e-12);
                    if (seats == 0)
                        continue;
                    var key = (candidate.Pool, candidate.Start + (slot * at));
                    var sum = pools.GetValueOrDefault(key);
                    pools[key] = (sum.Seats + seats, sum.Fresh + (isFresh ? seats : 0));
                    if (request.Limit is { } kind)
                        spans.Add((request.Institution, kind, key.Item2, seats, isFresh));
                }
            }
        }
        var excess = 0L;
        foreach (var ((pool, start), sum) in pools)
        {
            var capacity = _instance.Pools.Single(one => one.Id == pool).Slots.Where(one => one.Start == start).Sum(one => one.Capacity);
            if (sum.Seats <= capacity)
                continue;
            if (sum.Fresh > 0)
                return null;
            excess += sum.Seats - capacity;
        }
        foreach (var institution in _instance.Institutions)
        {
            foreach (var limit in institution.Limits)
            {
                var own = spans.Where(span => span.Institution == institution.Id && span.Kind == limit.Kind).ToList();
                foreach (var edge in own.SelectMany(span => new[] { span.From, span.From + slot }).Distinct())
                {
                    var now = own.Where(span => span.From <= edge && edge < span.From + slot).ToList();
                    var seats = now.Sum(span => span.Seats);
                    if (seats <= limit.Capacity)
                        continue;
                    if (now.Any(span => span.IsFresh))
                        return null;
                    excess += seats - limit.Capacity;
                }
            }
        }
        return excess;
    }

    private double Sum(bool isMandatory)
    {
        var sum = 0.0;
        for (var r = 0; r < _chosen.Length; r++)
        {
            var request = _instance.Requests[r];
            foreach (var (k, part) in _chosen[r])
            {
                var share = SizeOf(request) == 0 ? 1 : part / (double)SizeOf(request);
                var move = request.Current is { } current && current.Candidate != k ? current.MoveCost : 0;
                sum += isMandatory
                    ? (request.Mandatory && request.Current is null ? request.Value * share : 0)
                    : (request.Value - request.Candidates[k].Cost - move) * share;
            }
        }
        return sum;
    }

    private static int SizeOf(Request request) => request.Candidates.SelectMany(candidate => candidate.Seats).DefaultIfEmpty(0).Max();
}
