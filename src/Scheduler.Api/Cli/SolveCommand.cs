using System.Globalization;
using System.Runtime.InteropServices;

using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>
/// The verbs <c>solve</c> and <c>advise</c>: read an instance file, and write a plan file or a file of advice. The verbs use neither Orleans nor ASP.NET
/// Core, and run as child processes for live plans. After a signal and at the time limit the best plan so far is written.
/// </summary>
internal static class SolveCommand
{
    public static async Task<ExitCode> Run(SolveOptions options)
    {
        using var cut = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cut(context, cut));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cut(context, cut));
        using var orphan = OrphanWatch.Start(cut, options.Limits.Parent);
        try
        {
            options.Limits.Apply();
            if (OutPlace.Fault(options) is { } fault)
                return await Say(ExitCode.Usage, fault);
            if (Read(options, cut.Token, out var instance) is { } refused)
                return await Say(refused.Code, refused.Message);
            return await Solve(options.IsLimitAfterReading ? options with { UncountedSeconds = ProcessClock.Seconds } : options, instance!, cut.Token);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return await Say(ExitCode.Unavailable, $"{options.Out}: the file could not be written: {FileFaults.Why(broken)}");
        }
        catch (Exception fault) when (TooLarge(fault) is { } cause)
        {
            return await Say(ExitCode.OutOfMemory, $"{options.Instance}: the instance is too large for {Memory(options)} ({cause.Message})");
        }
        catch (Exception fault)
        {
            // A plan in which the checker found a fault also ends here: a wrong plan is never written.
            return await Say(ExitCode.Failed, $"The solver failed, and this is a bug: {fault}");
        }
    }

    /// <summary>
    /// The lack of memory that caused a fault, or null. A parallel loop wraps the faults of its steps, and the start of a type wraps its own.
    /// </summary>
    internal static Exception? TooLarge(Exception fault) => fault switch
    {
        OutOfMemoryException or OverflowException => fault,
        AggregateException many => many.InnerExceptions.Select(TooLarge).FirstOrDefault(cause => cause is not null),
        _ => fault.InnerException is { } inner ? TooLarge(inner) : null,
    };

    /// <summary>Reads the instance, unless a signal or the time limit ends the reading. Returns null, or why there is no instance.</summary>
    private static (ExitCode Code, string Message)? Read(SolveOptions options, CancellationToken cut, out Instance? instance)
    {
        instance = null;
        if (!File.Exists(options.Instance))
            return (ExitCode.Refused, $"{options.Instance}: {(Directory.Exists(options.Instance) ? "a directory" : "no such file")}");
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cut);
        if (!options.IsLimitAfterReading)
            clock.CancelAfter(TimeSpan.FromSeconds(Math.Max(0.001, options.SecondsLeft - 0.1)));
        try
        {
            using var file = new FileStream(options.Instance, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            var reading = InstanceReader.Read(file, clock.Token);
            instance = (reading as InstanceReading.Read)?.Instance;
            return reading is InstanceReading.Refused refused ? (ExitCode.Refused, $"{options.Instance}: {refused.Message}") : null;
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return (ExitCode.Refused, $"{options.Instance}: {FileFaults.Why(unread)}");
        }
        catch (OperationCanceledException)
        {
            return (ExitCode.Failed, $"{(cut.IsCancellationRequested ? "cancelled" : "the time limit passed")} while reading: no plan");
        }
    }

    private static async Task<ExitCode> Solve(SolveOptions options, Instance instance, CancellationToken cut)
    {
        var reading = ProcessClock.Seconds;
        // The plan is written to a draft in the same folder and then renamed, so that a reader never sees half a plan. The draft is created before the work, so
        // that a folder without write access is found at once.
        var draft = $"{options.Out}.{Environment.ProcessId}.part";
        try
        {
            string summary;
            await using (var display = ProgressDisplay.Of(options.Progress, Console.Out))
            await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                if (Warm(options, out var warm) is { } refused)
                    return await Say(ExitCode.Refused, refused);
                var limit = TimeSpan.FromSeconds(Math.Max(
                    0.01, options.SecondsLeft - ReceiptsOutput.Seconds(options) - WritingSeconds(instance, reading)));
                var budget = new SolveBudget { Seed = options.Seed, Threads = options.Threads, TimeLimit = limit, Effort = options.Effort };
                if (options.Advice is not null)
                {
                    if (await AdviceOutput.Write(options, instance, warm?.Plan, budget, new SolveReport(display), file, cut) is { } fault)
                        return await Say(ExitCode.Refused, fault);
                    summary = $"{options.Out}: advice";
                }
                else
                {
                    var plan = PlanSolver.Solve(instance, budget, new SolveReport(display), warm, cut);
                    await ReceiptsOutput.Write(options, instance, plan, cut);
                    await PlanFile.Write(plan, file, CancellationToken.None);
                    summary = Summary(plan, options.Out);
                    foreach (var fault in plan.CheckerFaults)
                        await Console.Error.WriteLineAsync($"A fault of the solver: the plan of a stage did not pass, an earlier plan is written. {fault}");
                }
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, options.Out, overwrite: true);
            if (options.Progress != ProgressDisplay.None)
                await Console.Out.WriteLineAsync(summary);
            return ExitCode.Done;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>
    /// Seconds reserved for assembling, checking and writing the plan. They grow with the number of requests and with the time that this machine took to read
    /// the instance.
    /// </summary>
    private static double WritingSeconds(Instance instance, double reading) => 0.2 + (instance.Requests.Count * 10e-6) + (0.6 * reading);

    /// <summary>Reads the plan to start from. Returns null, or why the plan cannot be used.</summary>
    private static string? Warm(SolveOptions options, out WarmStart? warm)
    {
        warm = null;
        if (options.Warm is null)
            return null;
        if (FileFaults.PathFault(options.Warm) is { } wrong)
            return $"--warm: {wrong}";
        if (Directory.Exists(options.Warm))
            return $"{options.Warm}: a directory";
        PlanReading reading;
        try
        {
            using var file = File.OpenRead(options.Warm);
            reading = PlanReader.Read(file, CancellationToken.None);
        }
        catch (Exception unread) when (unread is IOException or UnauthorizedAccessException)
        {
            return $"{options.Warm}: {FileFaults.Why(unread)}";
        }

        if (reading is not PlanReading.Read { Plan: var plan })
            return $"{options.Warm}: {((PlanReading.Refused)reading).Message}";
        warm = new WarmStart(plan);
        return WarmStart.FirstFault(plan) is { } fault ? $"{options.Warm}: {fault}" : null;
    }

    private static void Cut(PosixSignalContext context, CancellationTokenSource cut)
    {
        // After the first signal the best plan so far is written. A second signal ends the process at once.
        context.Cancel = !cut.IsCancellationRequested;
        cut.Cancel();
    }

    private static string Summary(Plan plan, string file)
    {
        var objective = plan.Objective;
        return string.Format(
            CultureInfo.InvariantCulture,
            "{0}: value {1:0.##}, bound {2:0.##}, gap {3:P3} (before sharing {4:P3}), served {5} of {6} seats, {7} requests not in full, "
                + "worst institution {8:0.###}, {9} moves, {10}",
            file, objective.Value, objective.Bound, objective.Gap, objective.GapBeforeSharing, objective.ServedSeats, objective.RequestedSeats,
            plan.Unserved.Count, objective.WorstInstitutionRatio, objective.Moves, plan.StopReason);
    }

    private static string Memory(SolveOptions options) =>
        options.Limits.MemoryMegabytes is { } limit ? $"the memory limit of {limit} MB" : "the memory of this machine";

    private static async Task<ExitCode> Say(ExitCode code, string message)
    {
        await Console.Error.WriteLineAsync(message);
        return code;
    }
}
