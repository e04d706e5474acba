namespace Scheduler.Solver;

/// <summary>Bounds on the rounding errors of sums, so that tolerances follow from the sizes and values of an instance.</summary>
internal static class Rounding
{
    /// <summary>The greatest relative error of one operation on doubles, 2⁻⁵³.</summary>
    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>The greatest error of a sum of so many terms, n·u / (1 − n·u) times the sum of their magnitudes (Higham, Accuracy and Stability of Numerical
    /// Algorithms, 2002, section 4.2). Each operation that makes a term counts as one more.</summary>
    public static double OfSum(long terms, double magnitude) => terms * UnitRoundoff / (1 - (terms * UnitRoundoff)) * magnitude;
}
