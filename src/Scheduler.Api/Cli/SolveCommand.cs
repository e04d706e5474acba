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
        if (SolveOptions.Parse(args, out var fault) is not { } options)
            return await Say(BadCommand, $"{fault}\n{SolveOptions.Usage}");
        using var cut = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cut(context, cut));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cut(context, cut));
        using var orphan = OrphanWatch.Start(cut);
        var lines = new ProgressLines(options.Progress, Console.Out, Console.IsOutputRedirected);
        try
        {
            return await Solve(options, lines, cut.Token);
        }
        catch (IOException broken)
        {
            return await Say(Failed, broken.Message);
        }
        catch (JsonException broken)
        {
            return await Say(Refused, $"{options.Warm}: {broken.Message}");
        }
        catch (InvalidOperationException unsound)
        {
            // The checker found the plan wanting: no plan is better than a wrong one.
            return await Say(Failed, unsound.Message);
        }
        catch (UnauthorizedAccessException forbidden)
        {
            return await Say(Failed, forbidden.Message);
        }
    }

    private static async Task<int> Solve(SolveOptions options, ProgressLines lines, CancellationToken cut)
    {
        if (!File.Exists(options.Instance))
            return await Say(Refused, $"{options.Instance}: no such file");
        InstanceReading reading;
        var began = ProcessClock.Seconds;
        await using (var file = new FileStream(options.Instance, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan))
        {
            try
            {
                reading = InstanceReader.Read(file, cut);
            }
            catch (OperationCanceledException)
            {
                return await Say(Failed, "cancelled while reading: no plan");
            }
        }
        if (reading is not InstanceReading.Read { Instance: var instance })
            return await Say(Refused, ((InstanceReading.Refused)reading).Message);
        var limit = TimeSpan.FromSeconds(Math.Max(0.01, options.TimeLimitSeconds - ProcessClock.Seconds - WritingSeconds(instance, ProcessClock.Seconds - began)));
        var plan = PlanSolver.Solve(
            instance, new SolveBudget { Seed = options.Seed, Threads = options.Threads, TimeLimit = limit, Effort = options.Effort }, lines, await Warm(options, instance), cut);
        var draft = options.Out + ".part";
        await using (var file = File.Create(draft))
            await PlanFile.Write(plan, file, CancellationToken.None);
        // Written beside and renamed: whoever sees the plan sees all of it.
        File.Move(draft, options.Out, overwrite: true);
        lines.Summary(plan, options.Out);
        return 0;
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
