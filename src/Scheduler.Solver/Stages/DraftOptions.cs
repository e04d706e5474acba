namespace Scheduler.Solver;

/// <summary>The options while <see cref="Reduce"/> works on them: filled from the candidates, thinned, then frozen into an <see cref="OptionTable"/>.</summary>
internal sealed class DraftOptions
{
    private readonly Instance _instance;
    private readonly PoolRows _pools;
    private readonly RequestChunks _chunks;
    private readonly int _threads;
    private readonly int[][] _known;
    private int[] _first;
    private readonly int[] _end;
    private double[] _worth = [];
    private int[] _row = [];
    private int[] _profile = [];
    private int[] _candidate = [];
    private int[] _second = [];

    public DraftOptions(Instance instance, PoolRows pools, int threads)
    {
        (_instance, _pools, _chunks, _threads) = (instance, pools, new RequestChunks(instance.Requests), threads);
        var count = Requests.Length;
        (_first, _end, _known) = (_chunks.First, new int[count], new int[_chunks.Count][]);
        _profile = GC.AllocateUninitializedArray<int>(_first[^1]);
        (Size, Fixed, Sits, Group) = (new int[count], new bool[count], new int[count], new int[count]);
        Array.Fill(Sits, -1);
        Array.Fill(Group, -1);
        FindProfiles();
    }

    public Request[] Requests => _chunks.Requests;

    public ProfileTable Profiles { get; } = new();

    public int[] Size { get; }

    public bool[] Fixed { get; }

    public int[] Sits { get; }

    public int[] Group { get; }

    public double FixedValue { get; private set; }

    public (int From, int To) Range(int request) => (_first[request], _end[request]);

    public int Row(int option) => _row[option];

    public int Profile(int option) => _profile[option];

    public int Threads => _threads;

    public void SetSecond(int option, int row) => _second[option] = row;

    public void ShiftSecond(int request, int rows)
    {
        foreach (ref var row in _second.AsSpan(_first[request], _end[request] - _first[request]))
            row += row >= 0 ? rows : 0;
    }

    /// <summary>Finds every chunk's own profiles side by side, then numbers them in the chunks' order: as if one thread had met them one after another.</summary>
    private void FindProfiles()
    {
        var met = new List<IReadOnlyList<int>>[_chunks.Count];
        _chunks.Each(_threads, (chunk, from, to) =>
        {
            var (own, numbers) = (met[chunk] = [], new Dictionary<IReadOnlyList<int>, int>(ReferenceEqualityComparer.Instance));
            var (last, number, at) = ((IReadOnlyList<int>?)null, 0, _first[from]);
            for (var r = from; r < to; r++)
            {
                foreach (ref readonly var candidate in CandidateSpan.Of(Requests[r]))
                {
                    if (!ReferenceEquals(candidate.Seats, last) && !numbers.TryGetValue(last = candidate.Seats, out number))
                    {
                        numbers.Add(last, number = own.Count);
                        own.Add(last);
                    }
                    _profile[at++] = number;
                }
            }
        });
        for (var chunk = 0; chunk < met.Length; chunk++)
            _known[chunk] = [.. met[chunk].Select(Profiles.Add)];
    }

    /// <summary>Candidates that need rows also where no slot is listed: those that sit there today, and those that span a pause.</summary>
    public IEnumerable<(Candidate Candidate, int Profile)> BeyondSlots()
    {
        for (int chunk = 0, r = 0; chunk < _chunks.Count; chunk++)
        {
            var known = _known[chunk];
            var anyPause = Array.Exists(known, profile => !Profiles.IsSolid(profile));
            for (var end = _chunks.End(chunk); r < end; r++)
            {
                var request = Requests[r];
                if (request.Current is { } current)
                    yield return (request.Candidates[current.Candidate], known[_profile[_first[r] + current.Candidate]]);
                for (var k = 0; anyPause && k < request.Candidates.Count; k++)
                {
                    if (known[_profile[_first[r] + k]] is var profile && !Profiles.IsSolid(profile))
                        yield return (request.Candidates[k], profile);
                }
            }
        }
    }

    /// <summary>Reads the candidates in: those whose slots are all there. A loss is read in too: fairness may want it,
    /// and what an institution could be served counts it.</summary>
    public void Fill()
    {
        var most = _first[^1];
        (_worth, _row, _candidate) = (GC.AllocateUninitializedArray<double>(most), GC.AllocateUninitializedArray<int>(most), GC.AllocateUninitializedArray<int>(most));
        _second = GC.AllocateUninitializedArray<int>(most);
        _pools.Settle(Requests);
        Profiles.Freeze();
        _chunks.Each(_threads, (chunk, from, to) =>
        {
            var cursor = new PoolCursor(_pools);
            for (var r = from; r < to; r++)
                Fill(r, _known[chunk], ref cursor);
        });
        for (var r = 0; r < Requests.Length; r++)
        {
            if (Fixed[r])
                FixedValue += _worth[Sits[r]];
        }
    }

    private void Fill(int r, int[] known, ref PoolCursor cursor)
    {
        var request = Requests[r];
        var candidates = CandidateSpan.Of(request);
        var (current, next, first) = (request.Current, _first[r], _first[r]);
        var (value, isFixed, size) = (request.Value, current is { Movable: false }, 0);
        Fixed[r] = isFixed;
        for (var k = 0; k < candidates.Length; k++)
        {
            ref readonly var candidate = ref candidates[k];
            var profile = known[_profile[first + k]];
            size = Math.Max(size, Profiles.Largest(profile));
            var sits = current?.Candidate == k;
            if (isFixed && !sits)
                continue;
            var worth = value - candidate.Cost - (current is null || sits ? 0 : current.MoveCost);
            var span = Profiles.Span[profile];
            var row = span == 0 ? 0 : cursor.Row(candidate, Profiles.Lead(profile), span);
            if (row < 0)
                continue;
            if (sits)
                Sits[r] = next;
            (_worth[next], _row[next], _profile[next], _candidate[next], _second[next]) = (worth, row, profile, k, -1);
            next++;
        }
        (_end[r], Size[r]) = (next, size);
    }

    /// <summary>Adds up what is fixed, in the rows of the pools and of the limits, and takes its options out.</summary>
    public void TakeFixed(LimitRows limits, long[] seats)
    {
        var profiles = Profiles;
        for (var r = 0; r < Requests.Length; r++)
        {
            if (!Fixed[r])
                continue;
            var option = Sits[r];
            var profile = _profile[option];
            for (var run = profiles.FirstRun[profile]; run < profiles.FirstRun[profile + 1]; run++)
            {
                for (var k = profiles.Offset[run]; k < profiles.Offset[run] + profiles.Length[run]; k++)
                {
                    seats[_row[option] + k] += profiles.Amount[run];
                    if (_second[option] < 0)
                        continue;
                    var scale = Scale(r, limits);
                    for (var part = 0; part < scale; part++)
                        seats[_second[option] + (k * scale) + part] += profiles.Amount[run];
                }
            }
        }
    }

    /// <summary>Drops options that what is left of the capacity can never take: what stays whole when any row is too small, what may be split when not even
    /// its smallest part fits. What sits today keeps its place.</summary>
    public void DropWhatCannotFit(LimitRows limits, long[] left)
    {
        _chunks.Each(_threads, (_, from, to) =>
        {
            for (var r = from; r < to; r++)
                DropWhatCannotFit(r, Scale(r, limits), left);
        });
        Pack();
    }

    private void DropWhatCannotFit(int r, int scale, long[] left)
    {
        var (from, to) = Range(r);
        var next = from;
        var least = MinPart(r) is var part and > 0 ? part : Size[r];
        for (var option = from; option < to; option++)
        {
            var sits = Sits[r] == option;
            if (Fixed[r] || (!sits && !CanFit(option, least, Size[r], scale, left)))
                continue;
            if (sits)
                Sits[r] = next;
            if (next != option)
            {
                (_worth[next], _row[next], _profile[next], _candidate[next], _second[next]) =
                    (_worth[option], _row[option], _profile[option], _candidate[option], _second[option]);
            }
            next++;
        }
        if (Fixed[r])
            Sits[r] = -1;
        _end[r] = next;
    }

    /// <summary>Closes the gaps that dropped candidates left.</summary>
    private void Pack()
    {
        var packed = new int[_first.Length];
        for (var r = 0; r < _end.Length; r++)
            packed[r + 1] = packed[r] + _end[r] - _first[r];
        if (packed[^1] < _first[^1])
        {
            (_worth, _row, _profile) = (Packed(_worth, packed), Packed(_row, packed), Packed(_profile, packed));
            (_candidate, _second) = (Packed(_candidate, packed), Packed(_second, packed));
            for (var r = 0; r < _end.Length; r++)
                Sits[r] += Sits[r] >= 0 ? packed[r] - _first[r] : 0;
        }
        _first = packed;
    }

    private T[] Packed<T>(T[] values, int[] packed)
    {
        var close = GC.AllocateUninitializedArray<T>(packed[^1]);
        _chunks.Each(_threads, (_, from, to) =>
        {
            for (var r = from; r < to; r++)
                values.AsSpan(_first[r], packed[r + 1] - packed[r]).CopyTo(close.AsSpan(packed[r]));
        });
        return close;
    }

    public OptionTable ToTable(long[] left, int firstRows, LimitRows limits)
    {
        var requests = Requests;
        var owners = _instance.Institutions.Select((institution, index) => (institution.Id, index)).ToDictionary(p => p.Id, p => p.index);
        var (block, blocks) = Blocks.Of(_first, _row, _profile, Profiles, _pools);
        return new OptionTable
        {
            FirstOption = _first, Size = Size, MinPart = [.. Enumerable.Range(0, Requests.Length).Select(MinPart)],
            Value = [.. requests.Select(request => request.Value)],
            Duty = [.. requests.Select((request, r) => Fixed[r] ? Duty.Free : request.Current is not null ? Duty.Sits : IsMandatory(request) ? Duty.Mandatory : Duty.Free)],
            Sits = Sits, Owner = [.. requests.Select(request => owners[request.Institution])],
            SecondScale = [.. Enumerable.Range(0, Requests.Length).Select(r => Scale(r, limits))],
            Worth = _worth, Row = _row, SecondRow = _second, Profile = _profile, Candidate = _candidate,
            Capacity = left, FirstRows = firstRows, ReachFrom = Blocks.ReachFrom(firstRows, _row, _profile, Profiles, _pools),
            Block = block, Blocks = blocks, Group = Group, Groups = limits.Groups.Count, Profiles = Profiles,
        };
    }

    /// <summary>What is mandatory is served for the sum of its values; without a value it adds nothing to that sum, and only the aim speaks for it.</summary>
    public static bool IsMandatory(Request request) => request is { Mandatory: true, Value: > 0 };

    /// <summary>Rows of the request's limit per slot of its pool.</summary>
    private int Scale(int r, LimitRows limits) => Group[r] >= 0 ? limits.Groups[Group[r]].Scale : 1;

    private int MinPart(int r) =>
        Requests[r].MinGroup is { } group && Size[r] > 0 ? Math.Min(group, Size[r]) is var part && part < Size[r] ? part : 0 : 0;

    private bool CanFit(int option, int seats, int size, int scale, long[] left)
    {
        var profiles = Profiles;
        var profile = _profile[option];
        for (var run = profiles.FirstRun[profile]; run < profiles.FirstRun[profile + 1]; run++)
        {
            var amount = OptionTable.PartAmount(profiles.Amount[run], seats, size);
            var at = _row[option] + profiles.Offset[run];
            for (var end = at + profiles.Length[run]; at < end; at++)
            {
                if (left[at] < amount)
                    return false;
            }
            if (_second[option] < 0)
                continue;
            at = _second[option] + (profiles.Offset[run] * scale);
            for (var end = at + (profiles.Length[run] * scale); at < end; at++)
            {
                if (left[at] < amount)
                    return false;
            }
        }
        return true;
    }
}
