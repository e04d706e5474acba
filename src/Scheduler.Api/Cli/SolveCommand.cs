using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>The <c>solve</c> command: an instance file in, a plan file out. It touches neither Orleans nor ASP.NET, for live plans run it as a child process.
/// Exit codes: 0 a plan was written (also after SIGINT or at the time limit: the best so far); 2 the instance is refused, its fault's place on standard error;
/// 64 the command line makes no sense; 70 the solver failed.</summary>
internal static class SolveCommand
{
    private const int Refused = 2;
    private const int BadCommand = 64;
    private const int Failed = 70;

    public static async Task<int> Run(string[] args)
    {
        if (args is ["--help" or "-h" or "-?"])
        {
            await Console.Out.WriteLineAsync(SolveOptions.Usage);
            return 0;
        }
        if (SolveOptions.Parse(args, out var fault) is not { } options)
            return await Say(BadCommand, $"{fault}\n{SolveOptions.Usage}");
        using var cut = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cut(context, cut));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cut(context, cut));
        using var orphan = OrphanWatch.Start(cut);
        var lines = new ProgressLines(options.Progress, Console.Out, Console.IsOutputRedirected);
        try
        {
            if (Read(options, cut.Token, out var instance) is { } refused)
                return await Say(refused.Code, refused.Message);
            return await Solve(options, instance!, lines, cut.Token);
        }
        catch (JsonException broken)
        {
            return await Say(Refused, $"{options.Warm}: {broken.Message}");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return await Say(Failed, broken.Message);
        }
        catch (InvalidOperationException unsound)
        {
            // The checker found the plan wanting: no plan is better than a wrong one.
            return await Say(Failed, unsound.Message);
        }
        catch (Exception tooLarge) when (tooLarge is OutOfMemoryException or OverflowException)
        {
            return await Say(Failed, $"{options.Instance}: more than this machine can hold ({tooLarge.Message})");
        }
    }

    /// <summary>Reads the instance as far as signals and the time limit allow; else why there is none.</summary>
    private static (int Code, string Message)? Read(SolveOptions options, CancellationToken cut, out Instance? instance)
    {
        instance = null;
        if (!File.Exists(options.Instance))
            return (Refused, $"{options.Instance}: {(Directory.Exists(options.Instance) ? "a directory" : "no such file")}");
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(cut);
        clock.CancelAfter(TimeSpan.FromSeconds(Math.Max(0.001, options.TimeLimitSeconds - ProcessClock.Seconds - 0.1)));
        try
        {
            using var file = new FileStream(options.Instance, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            var reading = InstanceReader.Read(file, clock.Token);
            instance = (reading as InstanceReading.Read)?.Instance;
            return reading is InstanceReading.Refused refused ? (Refused, refused.Message) : null;
        }
        catch (OperationCanceledException)
        {
            return (Failed, $"{(cut.IsCancellationRequested ? "cancelled" : "the time limit passed")} while reading: no plan");
        }
    }

    private static async Task<int> Solve(SolveOptions options, Instance instance, ProgressLines lines, CancellationToken cut)
    {
        if (OutPlace.Fault(options) is { } fault)
            return await Say(Failed, fault);
        var reading = ProcessClock.Seconds;
        // Written beside and renamed: whoever sees the plan sees all of it. Made before the work, so that a place where nothing can be written is known at once.
        var draft = $"{options.Out}.{Environment.ProcessId}.part";
        try
        {
            Plan plan;
            await using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.Read))
            {
                var warm = await Warm(options, instance);
                var limit = TimeSpan.FromSeconds(Math.Max(0.01, options.TimeLimitSeconds - ProcessClock.Seconds - WritingSeconds(instance, reading)));
                plan = PlanSolver.Solve(
                    instance, new SolveBudget { Seed = options.Seed, Threads = options.Threads, TimeLimit = limit, Effort = options.Effort }, lines, warm, cut);
                await PlanFile.Write(plan, file, CancellationToken.None);
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, options.Out, overwrite: true);
            lines.Summary(plan, options.Out);
            return 0;
        }
        finally
        {
            File.Delete(draft);
        }
    }

    /// <summary>Time kept back for assembling, checking and writing the plan: by its size, and by how slow the machine was at reading.</summary>
    private static double WritingSeconds(Instance instance, double reading) => 0.2 + (instance.Requests.Count * 10e-6) + (0.6 * reading);

    /// <summary>The plan to start from; its candidates are taken to be those of this instance, by position.</summary>
    private static async Task<WarmStart?> Warm(SolveOptions options, Instance instance)
    {
        if (options.Warm is null)
            return null;
        await using var file = File.OpenRead(options.Warm);
        var plan = await PlanFile.Read(file, CancellationToken.None);
        var known = instance.Requests.ToDictionary(request => request.Id, request => request.Candidates.Count);
        return new WarmStart(instance, plan with { Assignments = [.. plan.Assignments.Where(row => known.TryGetValue(row.Request, out var count) && row.Candidate < count)] });
    }

    private static void Cut(PosixSignalContext context, CancellationTokenSource cut)
    {
        // The first signal asks for the best plan so far; a second one ends the process the usual way.
        context.Cancel = !cut.IsCancellationRequested;
        cut.Cancel();
    }

    private static async Task<int> Say(int code, string message)
    {
        await Console.Error.WriteLineAsync(message);
        return code;
    }
}
