using System.Globalization;

namespace Scheduler.Solver;

/// <summary>A list of faults as sentences, at most a hundred.</summary>
internal sealed class FaultList
{
    private readonly List<string> _faults = [];

    public int Count => _faults.Count;

    public IReadOnlyList<string> All => _faults;

    public void Add(FormattableString fault)
    {
        if (_faults.Count < 100)
            _faults.Add(fault.ToString(CultureInfo.InvariantCulture));
    }

    public void AddAll(FaultList others) => _faults.AddRange(others.All.Take(100 - _faults.Count));
}
