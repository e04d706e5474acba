using System.Text;
using System.Text.Json;

namespace Scheduler.Solver;

/// <summary>Shares one object among equal ids and equal profiles while a file is read: a season repeats a few hundred of them millions of times.</summary>
internal sealed class SharedParts
{
    private readonly Dictionary<string, string> _pools = [];
    private readonly Dictionary<string, string> _institutions = [];
    private readonly Dictionary<int[], int[]> _profiles = new(ProfileComparer.One);
    private readonly List<int> _entries = [];
    private byte[] _lastPoolBytes = [];
    private string _lastPool = "";
    private int _candidates;

    public string Pool(ref JsonPull pull)
    {
        if (_lastPoolBytes.Length > 0 && pull.IsText(_lastPoolBytes))
            return _lastPool;
        _lastPool = Share(_pools, pull.Text());
        _lastPoolBytes = Encoding.UTF8.GetBytes(_lastPool);
        return _lastPool;
    }

    public string Institution(ref JsonPull pull) => Share(_institutions, pull.Text());

    public int[] Profile(ref JsonPull pull)
    {
        _entries.Clear();
        pull.StartArray();
        while (pull.NextElement(_entries.Count, SizeLimits.ProfileSlots))
            _entries.Add(pull.Whole(0, SizeLimits.Seats));
        if (!_profiles.GetAlternateLookup<ReadOnlySpan<int>>().TryGetValue(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_entries), out var profile))
            _profiles.Add(profile = [.. _entries], profile);
        return profile;
    }

    public void CountCandidates(int more, JsonPull pull)
    {
        _candidates += more;
        if (_candidates > SizeLimits.Candidates)
            throw pull.Fault($"more than {SizeLimits.Candidates} candidates altogether");
    }

    private static string Share(Dictionary<string, string> known, string text)
    {
        if (!known.TryGetValue(text, out var shared))
            known.Add(text, shared = text);
        return shared;
    }
}
