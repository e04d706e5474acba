namespace Scheduler.Benchmarks;

internal static class Memory
{
    /// <summary>Collects garbage now, so that the garbage of one variant is not collected while the next variant is measured.</summary>
    public static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
