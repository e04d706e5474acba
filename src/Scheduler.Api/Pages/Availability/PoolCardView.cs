using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A pool in the rail beside the grid.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Grid">Free seats of the pool in the days that the page shows, without a need.</param>
/// <param name="ServesExam">Whether the pool serves the exam that the reader chose; true for every pool when no exam is chosen.</param>
/// <param name="IsChosen">Whether the grid shows this pool.</param>
public sealed record PoolCardView(Pool Pool, SlotGridView Grid, bool ServesExam, bool IsChosen);
