using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Walks over the rows of one option, run by run. This is the only place that maps a profile to rows.</summary>
internal struct RowRuns(ProfileTable profiles, int profile, int row, int secondRow, int scale)
{
    private readonly int _end = profiles.FirstRun[profile + 1];
    private int _run = profiles.FirstRun[profile] - 1;

    public readonly RowRun Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var (offset, length) = (profiles.Offset[_run], profiles.Length[_run]);
            return secondRow < 0
                ? new RowRun(row + offset, length, 0, 0, profiles.Amount[_run])
                : new RowRun(row + offset, length, secondRow + (offset * scale), length * scale, profiles.Amount[_run]);
        }
    }

    public readonly RowRuns GetEnumerator() => this;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext() => ++_run < _end;
}
