namespace Scheduler.Api;

/// <summary>The progress of a verb.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Seconds">Seconds since the work began.</param>
/// <param name="Done">The finished share of the stage, 0 to 1.</param>
/// <param name="Value">Value of the best plan so far; null for a verb without a plan.</param>
/// <param name="Bound">Proven bound so far; null before the first, and for a verb without a plan.</param>
internal sealed record StageProgress(string Stage, double Seconds, double Done, double? Value = null, double? Bound = null);
