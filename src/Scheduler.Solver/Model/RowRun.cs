using System.Runtime.CompilerServices;

namespace Scheduler.Solver;

/// <summary>Consecutive rows from which an option takes the same amount each: rows of a pool, and rows of a limit at the same time.</summary>
/// <param name="First">First row of the pool.</param>
/// <param name="Length">Number of rows of the pool.</param>
/// <param name="Second">First row of the limit.</param>
/// <param name="SecondLength">Number of rows of the limit; 0 for an option without a limit.</param>
/// <param name="Amount">Seats that the whole request takes in each row.</param>
internal readonly record struct RowRun(int First, int Length, int Second, int SecondLength, int Amount)
{
    public int End => First + Length;

    public int SecondEnd => Second + SecondLength;

    /// <summary>The first row of the pool, then of the limit, with less than <paramref name="amount"/>; −1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstBelow(long[] free, long amount)
    {
        for (var row = First; row < End; row++)
        {
            if (free[row] < amount)
                return row;
        }
        for (var row = Second; row < SecondEnd; row++)
        {
            if (free[row] < amount)
                return row;
        }
        return -1;
    }
}
