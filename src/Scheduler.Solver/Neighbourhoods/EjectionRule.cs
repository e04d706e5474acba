namespace Scheduler.Solver;

/// <summary>By which measure the lower of two drawn units is ejected. No rule suits all families, so every step draws one. Reduced value is net value less
/// price.</summary>
internal enum EjectionRule
{
    ValuePerSeat,
    ReducedValue,
    ReducedValuePerSeat,
    ValuePerPrice,
}
