namespace Scheduler.Solver;

/// <summary>The options while <see cref="Reduce"/> works on them: filled from the candidates, thinned, then frozen into an <see cref="OptionTable"/>.</summary>
internal sealed class DraftOptions
{
    private readonly Instance _instance;
    private readonly PoolRows _pools;
    private int[] _first;
    private double[] _worth = [];
    private int[] _row = [];
    private int[] _profile = [];
    private int[] _candidate = [];
    private int[] _second = [];

    public DraftOptions(Instance instance, PoolRows pools)
    {
        (_instance, _pools) = (instance, pools);
        var count = instance.Requests.Count;
        _first = new int[count + 1];
        (Size, Fixed, Sits, Group) = (new int[count], new bool[count], new int[count], new int[count]);
        Array.Fill(Sits, -1);
        Array.Fill(Group, -1);
    }

    public ProfileTable Profiles { get; } = new();

    public int[] Size { get; }

    public bool[] Fixed { get; }

    public int[] Sits { get; }

    public int[] Group { get; }

    public double FixedValue { get; private set; }

    public int Requests => Size.Length;

    public (int From, int To) Range(int request) => (_first[request], _first[request + 1]);

    public int Row(int option) => _row[option];

    public int Profile(int option) => _profile[option];

    public void SetSecond(int option, int row) => _second[option] = row;

    /// <summary>Reads the candidates in: those whose slots are all there. A loss is read in too: fairness may want it,
    /// and what an institution could be served counts it.</summary>
    public void Fill(long[] capacity)
    {
        var most = _instance.Requests.Sum(request => request.Candidates.Count);
        (_worth, _row, _profile, _candidate) = (new double[most], new int[most], new int[most], new int[most]);
        var next = 0;
        for (var r = 0; r < Requests; r++)
        {
            var request = _instance.Requests[r];
            var current = request.Current;
            Fixed[r] = current is { Movable: false };
            _first[r] = next;
            var candidates = CandidateSpan.Of(request);
            for (var k = 0; k < candidates.Length; k++)
            {
                ref readonly var candidate = ref candidates[k];
                var profile = Profiles.Add(candidate.Seats);
                Size[r] = Math.Max(Size[r], Profiles.Largest(profile));
                var sits = current?.Candidate == k;
                if (Fixed[r] && !sits)
                    continue;
                var worth = request.Value - candidate.Cost - (current is null || sits ? 0 : current.MoveCost);
                var pool = _pools.Index(candidate.Pool);
                var span = Profiles.SpanOf(profile);
                var row = span == 0 ? 0 : _pools.Timelines[pool].Row(_pools.Step(pool, candidate.Start) + Profiles.Lead(profile), span);
                if (row < 0)
                    continue;
                if (sits)
                    Sits[r] = next;
                (_worth[next], _row[next], _profile[next], _candidate[next]) = (worth, row, profile, k);
                next++;
            }
            if (Fixed[r])
                FixedValue += _worth[next - 1];
        }
        _first[^1] = next;
        _second = new int[next];
        Array.Fill(_second, -1);
    }

    /// <summary>Adds up what is fixed, in the rows of the pools and of the limits, and takes its options out.</summary>
    public void TakeFixed(LimitRows limits, long[] seats)
    {
        var firstRun = Profiles;
        Profiles.Freeze();
        for (var r = 0; r < Requests; r++)
        {
            if (!Fixed[r])
                continue;
            var option = Sits[r];
            var profile = _profile[option];
            for (var run = firstRun.FirstRun[profile]; run < firstRun.FirstRun[profile + 1]; run++)
            {
                for (var k = firstRun.Offset[run]; k < firstRun.Offset[run] + firstRun.Length[run]; k++)
                {
                    seats[_row[option] + k] += firstRun.Amount[run];
                    if (_second[option] < 0)
                        continue;
                    var scale = limits.Groups[Group[r]].Scale;
                    for (var part = 0; part < scale; part++)
                        seats[_second[option] + (k * scale) + part] += firstRun.Amount[run];
                }
            }
        }
    }

    /// <summary>Drops options that what is left of the capacity can never take: what stays whole when any row is too small, what may be split when not even
    /// its smallest part fits. What sits today keeps its place.</summary>
    public void DropWhatCannotFit(long[] left)
    {
        var next = 0;
        var profiles = Profiles;
        for (var r = 0; r < Requests; r++)
        {
            var (from, to) = Range(r);
            _first[r] = next;
            var least = MinPart(r) is var part and > 0 ? part : Size[r];
            var scale = Group[r] >= 0 ? Scale(r) : 1;
            for (var option = from; option < to; option++)
            {
                var sits = Sits[r] == option;
                if (Fixed[r] || (!sits && !CanFit(option, least, Size[r], scale, left, profiles)))
                    continue;
                if (sits)
                    Sits[r] = next;
                (_worth[next], _row[next], _profile[next], _candidate[next], _second[next]) =
                    (_worth[option], _row[option], _profile[option], _candidate[option], _second[option]);
                next++;
            }
            if (Fixed[r])
                Sits[r] = -1;
        }
        _first[^1] = next;
        Array.Resize(ref _worth, next);
        Array.Resize(ref _row, next);
        Array.Resize(ref _profile, next);
        Array.Resize(ref _candidate, next);
        Array.Resize(ref _second, next);
    }

    public OptionTable ToTable(long[] left, int firstRows, LimitRows limits)
    {
        var requests = _instance.Requests;
        var owners = _instance.Institutions.Select((institution, index) => (institution.Id, index)).ToDictionary(p => p.Id, p => p.index);
        var (block, blocks) = Blocks.Of(_first, _row, _profile, Profiles, _pools);
        return new OptionTable
        {
            FirstOption = _first, Size = Size, MinPart = [.. Enumerable.Range(0, Requests).Select(MinPart)],
            Value = [.. requests.Select(request => request.Value)],
            Duty = [.. requests.Select((request, r) => Fixed[r] ? Duty.Free : request.Current is not null ? Duty.Sits : IsMandatory(request) ? Duty.Mandatory : Duty.Free)],
            Sits = Sits, Owner = [.. requests.Select(request => owners[request.Institution])],
            SecondScale = [.. Enumerable.Range(0, Requests).Select(r => Group[r] >= 0 ? limits.Groups[Group[r]].Scale : 1)],
            Worth = _worth, Row = _row, SecondRow = _second, Profile = _profile, Candidate = _candidate,
            Capacity = left, FirstRows = firstRows, ReachFrom = Blocks.ReachFrom(firstRows, _row, _profile, Profiles, _pools),
            Block = block, Blocks = blocks, Group = Group, Groups = limits.Groups.Count, Profiles = Profiles,
        };

    }

    public Func<int, int> Scale { get; set; } = _ => 1;

    /// <summary>What is mandatory is served for the sum of its values; without a value it adds nothing to that sum, and only the aim speaks for it.</summary>
    public static bool IsMandatory(Request request) => request is { Mandatory: true, Value: > 0 };

    private int MinPart(int r) =>
        _instance.Requests[r].MinGroup is { } group && Size[r] > 0 ? Math.Min(group, Size[r]) is var part && part < Size[r] ? part : 0 : 0;

    private bool CanFit(int option, int seats, int size, int scale, long[] left, ProfileTable profiles)
    {
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
