namespace Scheduler.Solver;

/// <summary>The profiles of all candidates. Each chunk of requests numbers the profiles that it meets; the chunks' numbers are then merged in order, so the
/// table is the same for any number of threads.</summary>
internal sealed class CandidateProfiles
{
    private readonly RequestChunks _chunks;
    private readonly int[][] _tableNumber;

    public CandidateProfiles(RequestChunks chunks, int threads)
    {
        (_chunks, _tableNumber) = (chunks, new int[chunks.Count][]);
        InChunk = GC.AllocateUninitializedArray<int>(chunks.First[^1]);
        var met = new List<IReadOnlyList<int>>[chunks.Count];
        chunks.Each(threads, (chunk, from, to) => met[chunk] = Number(from, to));
        for (var chunk = 0; chunk < met.Length; chunk++)
            _tableNumber[chunk] = [.. met[chunk].Select(Table.Add)];
    }

    public ProfileTable Table { get; } = new();

    /// <summary>For each candidate, the number of its profile in its chunk.</summary>
    public int[] InChunk { get; }

    /// <summary>The numbers in <see cref="Table"/> of a chunk's profiles.</summary>
    public int[] OfChunk(int chunk) => _tableNumber[chunk];

    /// <summary>Candidates that need rows also where no slot is listed: current assignments, and profiles with a pause.</summary>
    public IEnumerable<(Candidate Candidate, int Profile)> BeyondSlots()
    {
        for (int chunk = 0, r = 0; chunk < _chunks.Count; chunk++)
        {
            var known = _tableNumber[chunk];
            var anyPause = Array.Exists(known, profile => !Table.IsSolid(profile));
            for (var end = _chunks.End(chunk); r < end; r++)
            {
                var (request, first) = (_chunks.Requests[r], _chunks.First[r]);
                if (request.Current is { } current)
                    yield return (request.Candidates[current.Candidate], known[InChunk[first + current.Candidate]]);
                for (var k = 0; anyPause && k < request.Candidates.Count; k++)
                {
                    if (known[InChunk[first + k]] is var profile && !Table.IsSolid(profile))
                        yield return (request.Candidates[k], profile);
                }
            }
        }
    }

    private List<IReadOnlyList<int>> Number(int from, int to)
    {
        var (own, numbers) = (new List<IReadOnlyList<int>>(), new Dictionary<IReadOnlyList<int>, int>(ReferenceEqualityComparer.Instance));
        var (last, number, at) = ((IReadOnlyList<int>?)null, 0, _chunks.First[from]);
        for (var r = from; r < to; r++)
        {
            foreach (ref readonly var candidate in CandidateSpan.Of(_chunks.Requests[r]))
            {
                if (!ReferenceEquals(candidate.Seats, last) && !numbers.TryGetValue(last = candidate.Seats, out number))
                {
                    numbers.Add(last, number = own.Count);
                    own.Add(last);
                }
                InChunk[at++] = number;
            }
        }
        return own;
    }
}
