namespace Scheduler.Solver;

/// <summary>What a solve starts from.</summary>
internal enum WarmStartKind
{
    /// <summary>Nothing: a cold start.</summary>
    None,

    /// <summary>A plan with the rounded shadow prices of its file.</summary>
    ShadowPrices,

    /// <summary>A plan with all its multipliers, unrounded.</summary>
    Multipliers,
}
