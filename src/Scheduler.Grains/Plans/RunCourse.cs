using System.Collections.Immutable;

namespace Scheduler.Grains;

/// <summary>How the value and the bound of a run came to be. Keeps few points: every second one goes when there are too many.</summary>
internal sealed class RunCourse
{
    private const int MostPoints = 240;
    private readonly List<PlanProgress> _points = [];

    public ImmutableArray<PlanProgress> Points => [.. _points];

    /// <summary>Adds a point when the value or the bound has changed.</summary>
    public void Add(PlanProgress point)
    {
        if (point.Value is null && point.Bound is null)
            return;
        if (_points.Count > 0 && _points[^1] is var last && last.Value == point.Value && last.Bound == point.Bound)
            return;
        if (_points.Count == MostPoints)
        {
            // The first and the newest point stay.
            for (var k = _points.Count - 2; k > 0; k -= 2)
                _points.RemoveAt(k);
        }

        _points.Add(point);
    }
}
