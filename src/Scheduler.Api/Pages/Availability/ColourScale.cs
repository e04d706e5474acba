namespace Scheduler.Api;

/// <summary>The six steps of the colour scale for seats: step 1 is nearly empty, step 6 is nearly full.</summary>
internal static class ColourScale
{
    // The least share of free seats, in per cent, of steps 1 to 5.
    private static readonly int[] _leastFree = [80, 60, 45, 33, 22];

    /// <summary>The step for free seats of a capacity. Computed in whole numbers, so that a share on the border has the step that the border names.</summary>
    public static int StepOfFree(int free, int capacity)
    {
        for (var step = 0; step < _leastFree.Length; step++)
        {
            if ((long)free * 100 >= (long)_leastFree[step] * capacity)
                return step + 1;
        }

        return _leastFree.Length + 1;
    }
}
