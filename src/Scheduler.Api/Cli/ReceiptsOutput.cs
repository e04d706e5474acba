using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>
/// Writes the receipts of a plan to the file of <c>--receipts</c>, as advice. The work has a time limit of its own, which begins with it: a plan that used up
/// its time on a busy machine has its receipts too. At that limit and after a signal the receipts of the requests that come last are absent, and the file says
/// that it was cut short.
/// </summary>
internal static class ReceiptsOutput
{
    // The share of the time limit that is kept for receipts, and the most seconds.
    private const double Share = 0.1;
    private const double MostSeconds = 5;

    // The least seconds that the work may take. On a quiet machine it takes a fraction of a second.
    private const double LeastLimitSeconds = 30;

    /// <summary>Seconds of a time limit that are kept for the receipts.</summary>
    public static double Seconds(SolveOptions options) => options.Receipts is null ? 0 : Math.Min(MostSeconds, Share * options.TimeLimitSeconds);

    /// <summary>Seconds that the work on the receipts may take at most, from its own begin on.</summary>
    public static double LimitSeconds(double timeLimitSeconds) => Math.Max(LeastLimitSeconds, timeLimitSeconds);

    /// <summary>Writes the file, complete or not at all.</summary>
    public static async Task Write(SolveOptions options, Instance instance, Plan plan, CancellationToken cut)
    {
        if (options.Receipts is not { } path)
            return;
        var (receipts, stop) = (new List<Receipt>(plan.Unserved.Count), StopReason.Converged);
        var end = ProcessClock.Seconds + LimitSeconds(options.TimeLimitSeconds);
        foreach (var receipt in Receipts.Each(instance, plan))
        {
            receipts.Add(receipt);
            if (cut.IsCancellationRequested)
                stop = StopReason.Cancelled;
            else if (ProcessClock.Seconds > end)
                stop = StopReason.TimeLimit;
            if (stop != StopReason.Converged)
                break;
        }

        var draft = $"{path}.{Environment.ProcessId}.part";
        try
        {
            await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                var advice = new Advice { Instance = instance.Name, Objective = plan.Objective, Receipts = receipts, ShadowPrices = [], StopReason = stop };
                await AdviceFile.Write(advice, file, CancellationToken.None);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
