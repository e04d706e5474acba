namespace Scheduler.Solver;

/// <summary>All distinct profiles as runs of equal amounts without zeros, so that a long uniform profile costs one prefix sum. A profile begins at its first
/// amount above 0.</summary>
internal sealed class ProfileTable
{
    private readonly Dictionary<IReadOnlyList<int>, int> _byReference = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int[], int> _byContent = new(ProfileComparer.One);
    private readonly List<int> _firstRun = [0];
    private IReadOnlyList<int>? _last;
    private int _lastProfile;
    private readonly List<int> _offset = [];
    private readonly List<int> _length = [];
    private readonly List<int> _amount = [];
    private readonly List<int> _span = [];
    private readonly List<int> _lead = [];
    private readonly List<int> _largest = [];
    private readonly List<bool> _solid = [];

    public int[] FirstRun { get; private set; } = [];

    public int[] Offset { get; private set; } = [];

    public int[] Length { get; private set; } = [];

    public int[] Amount { get; private set; } = [];

    /// <summary>Slots from the first amount above 0 to the last; 0 for a profile that takes nothing.</summary>
    public int[] Span { get; private set; } = [];

    /// <summary>The most runs of a profile.</summary>
    public int MostRuns { get; private set; }

    public int Lead(int profile) => _lead[profile];

    public int SpanOf(int profile) => _span[profile];

    public int Largest(int profile) => _largest[profile];

    /// <summary>Whether the profile has no zero between its first and its last amount.</summary>
    public bool IsSolid(int profile) => _solid[profile];

    public int Add(IReadOnlyList<int> seats)
    {
        if (ReferenceEquals(seats, _last))
            return _lastProfile;
        _last = seats;
        if (_byReference.TryGetValue(seats, out var known))
            return _lastProfile = known;
        var content = seats as int[] ?? [.. seats];
        if (!_byContent.TryGetValue(content, out known))
            _byContent.Add(content, known = Append(content));
        _byReference.Add(seats, known);
        return _lastProfile = known;
    }

    public void Freeze()
    {
        (FirstRun, Offset, Length, Amount, Span) = ([.. _firstRun], [.. _offset], [.. _length], [.. _amount], [.. _span]);
        for (var profile = 0; profile + 1 < FirstRun.Length; profile++)
            MostRuns = Math.Max(MostRuns, FirstRun[profile + 1] - FirstRun[profile]);
    }

    private int Append(int[] seats)
    {
        var lead = Array.FindIndex(seats, amount => amount > 0);
        var last = Array.FindLastIndex(seats, amount => amount > 0);
        _lead.Add(Math.Max(lead, 0));
        _span.Add(lead < 0 ? 0 : last - lead + 1);
        _largest.Add(seats.Length == 0 ? 0 : seats.Max());
        var covered = 0;
        for (var at = lead; lead >= 0 && at <= last;)
        {
            var end = at + 1;
            while (end <= last && seats[end] == seats[at])
                end++;
            if (seats[at] > 0)
            {
                _offset.Add(at - lead);
                _length.Add(end - at);
                _amount.Add(seats[at]);
                covered += end - at;
            }
            at = end;
        }
        _solid.Add(covered == _span[^1]);
        _firstRun.Add(_offset.Count);
        return _firstRun.Count - 2;
    }
}
