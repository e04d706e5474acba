namespace Scheduler.Solver;

/// <summary>Builds the options for <see cref="Presolve"/>: reads them from the candidates, drops the ones that cannot be used, and makes the <see
/// cref="OptionTable"/>.</summary>
internal sealed class OptionBuilder
{
    private readonly Instance _instance;
    private readonly PoolRows _pools;
    private readonly RequestChunks _chunks;
    private readonly CandidateProfiles _profiles;
    private readonly OptionColumns _columns;
    private readonly int[] _end;
    private int[] _first;

    public OptionBuilder(Instance instance, PoolRows pools, int threads)
    {
        (_instance, _pools, _chunks, Threads) = (instance, pools, new RequestChunks(instance.Requests), threads);
        var count = Requests.Length;
        (_first, _end) = (_chunks.First, new int[count]);
        (Size, Fixed, CurrentOption, Group) = (new int[count], new bool[count], new int[count], new int[count]);
        Array.Fill(CurrentOption, -1);
        Array.Fill(Group, -1);
        _profiles = new CandidateProfiles(_chunks, threads);
        _columns = new OptionColumns(_profiles.InChunk);
    }

    public int Threads { get; }

    public Request[] Requests => _chunks.Requests;

    public ProfileTable Profiles => _profiles.Table;

    public int[] Size { get; }

    public bool[] Fixed { get; }

    public int[] CurrentOption { get; }

    public int[] Group { get; }

    public double FixedValue { get; private set; }

    /// <summary>Whether the request is served before optional ones. Mandatory requests are served for the sum of their values; one without value adds nothing
    /// to it and counts as optional.</summary>
    public static bool IsMandatory(Request request) => request is { Mandatory: true, Value: > 0 };

    public (int From, int To) Range(int request) => (_first[request], _end[request]);

    public int Row(int option) => _columns.Row[option];

    public int Profile(int option) => _columns.Profile[option];

    /// <summary>Candidates that need rows also where no slot is listed.</summary>
    public IEnumerable<(Candidate Candidate, int Profile)> BeyondSlots() => _profiles.BeyondSlots();

    public void SetSecondRow(int option, int row) => _columns.SecondRow[option] = row;

    public void ShiftSecondRows(int request, int rows)
    {
        foreach (ref var row in _columns.SecondRow.AsSpan(_first[request], _end[request] - _first[request]))
            row += row >= 0 ? rows : 0;
    }

    /// <summary>Makes an option of every candidate whose slots all exist. A candidate that costs more than its value is kept: sharing may use it, and it counts
    /// as demand that could be served.</summary>
    public void ReadCandidates()
    {
        _pools.InferGrids(Requests);
        Profiles.Freeze();
        _chunks.Each(Threads, (chunk, from, to) =>
        {
            var cursor = new PoolCursor(_pools);
            for (var r = from; r < to; r++)
                ReadCandidates(r, _profiles.OfChunk(chunk), ref cursor);
        });
        for (var r = 0; r < Requests.Length; r++)
        {
            if (Fixed[r])
                FixedValue += _columns.NetValue[CurrentOption[r]];
        }
    }

    private void ReadCandidates(int r, int[] known, ref PoolCursor cursor)
    {
        var request = Requests[r];
        var candidates = CandidateSpan.Of(request);
        var (current, next, first) = (request.Current, _first[r], _first[r]);
        var (value, isFixed, size) = (request.Value, current is { Movable: false }, 0);
        Fixed[r] = isFixed;
        for (var k = 0; k < candidates.Length; k++)
        {
            ref readonly var candidate = ref candidates[k];
            var profile = known[_columns.Profile[first + k]];
            size = Math.Max(size, Profiles.Largest(profile));
            var isCurrent = current?.Candidate == k;
            if (isFixed && !isCurrent)
                continue;
            var netValue = value - candidate.Cost - (current is null || isCurrent ? 0 : current.MoveCost);
            var span = Profiles.Span[profile];
            var row = span == 0 ? 0 : cursor.Row(candidate, Profiles.Lead(profile), span);
            if (row < 0)
                continue;
            if (isCurrent)
                CurrentOption[r] = next;
            (_columns.NetValue[next], _columns.Row[next], _columns.Profile[next]) = (netValue, row, profile);
            (_columns.Candidate[next], _columns.SecondRow[next]) = (k, -1);
            next++;
        }
        (_end[r], Size[r]) = (next, size);
    }

    /// <summary>Adds up the seats of the fixed requests, in rows of pools and limits.</summary>
    public void AddFixedSeats(LimitRows limits, long[] seats)
    {
        for (var r = 0; r < Requests.Length; r++)
        {
            if (!Fixed[r])
                continue;
            foreach (var run in _columns.Runs(Profiles, CurrentOption[r], Scale(r, limits)))
            {
                for (var row = run.First; row < run.End; row++)
                    seats[row] += run.Amount;
                for (var row = run.Second; row < run.SecondEnd; row++)
                    seats[row] += run.Amount;
            }
        }
    }

    /// <summary>Drops the options of fixed requests, and options with no room: for the whole of an unsplit request, or for the smallest part of a split one.
    /// Current assignments are kept.</summary>
    public void DropTooLarge(LimitRows limits, long[] capacity)
    {
        _chunks.Each(Threads, (_, from, to) =>
        {
            for (var r = from; r < to; r++)
                DropTooLarge(r, Scale(r, limits), capacity);
        });
        Pack();
    }

    private void DropTooLarge(int r, int scale, long[] capacity)
    {
        var (from, to) = Range(r);
        var next = from;
        var least = MinPart(r) is var part and > 0 ? part : Size[r];
        for (var option = from; option < to; option++)
        {
            var isCurrent = CurrentOption[r] == option;
            if (Fixed[r] || (!isCurrent && !HasRoom(option, least, Size[r], scale, capacity)))
                continue;
            if (isCurrent)
                CurrentOption[r] = next;
            if (next != option)
                _columns.Copy(option, next);
            next++;
        }
        if (Fixed[r])
            CurrentOption[r] = -1;
        _end[r] = next;
    }

    /// <summary>Closes the gaps that dropped options leave.</summary>
    private void Pack()
    {
        var packed = new int[_first.Length];
        for (var r = 0; r < _end.Length; r++)
            packed[r + 1] = packed[r] + _end[r] - _first[r];
        if (packed[^1] < _first[^1])
        {
            _columns.Pack(_chunks, Threads, _first, packed);
            for (var r = 0; r < _end.Length; r++)
                CurrentOption[r] += CurrentOption[r] >= 0 ? packed[r] - _first[r] : 0;
        }
        _first = packed;
    }

    public OptionTable ToTable(long[] capacity, int firstRows, LimitRows limits)
    {
        var requests = Requests;
        var owners = _instance.Institutions.Select((institution, index) => (institution.Id, index)).ToDictionary(p => p.Id, p => p.index);
        var (component, components) = ComponentFinder.Components(_first, _columns.Row, _columns.Profile, Profiles, _pools);
        return new OptionTable
        {
            FirstOption = _first, Size = Size, MinPart = [.. Enumerable.Range(0, Requests.Length).Select(MinPart)],
            Value = [.. requests.Select(request => request.Value)],
            Service = [.. requests.Select((request, r) => Fixed[r] ? ServiceClass.Optional
                : request.Current is not null ? ServiceClass.Current : IsMandatory(request) ? ServiceClass.Mandatory : ServiceClass.Optional)],
            CurrentOption = CurrentOption, Owner = [.. requests.Select(request => owners[request.Institution])],
            SecondScale = [.. Enumerable.Range(0, Requests.Length).Select(r => Scale(r, limits))],
            NetValue = _columns.NetValue, Row = _columns.Row, SecondRow = _columns.SecondRow, Profile = _columns.Profile, Candidate = _columns.Candidate,
            Capacity = capacity, FirstRows = firstRows, ReachFrom = ComponentFinder.ReachFrom(firstRows, _columns.Row, _columns.Profile, Profiles, _pools),
            Component = component, Components = components, Group = Group, Groups = limits.Groups.Count, Profiles = Profiles,
        };
    }

    /// <summary>Rows of the request's limit per slot of its pool.</summary>
    private int Scale(int r, LimitRows limits) => Group[r] >= 0 ? limits.Groups[Group[r]].Scale : 1;

    private int MinPart(int r) =>
        Requests[r].MinGroup is { } group && Size[r] > 0 ? Math.Min(group, Size[r]) is var part && part < Size[r] ? part : 0 : 0;

    private bool HasRoom(int option, int seats, int size, int scale, long[] capacity)
    {
        foreach (var run in _columns.Runs(Profiles, option, scale))
        {
            if (run.FirstBelow(capacity, OptionTable.PartAmount(run.Amount, seats, size)) >= 0)
                return false;
        }
        return true;
    }
}
