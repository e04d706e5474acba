using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Scheduler.Domain;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>
/// Runs the solver as a child process at a low priority, with a memory limit. The child gets the id of this process, and ends itself when this process has
/// ended. A run ends with a file,
/// or with the cause why there is none; a cancelled run ends with an <see cref="OperationCanceledException"/>, after its child has ended.
/// </summary>
public sealed class SolverProcess : IDisposable
{
    // Beside its time limit, which begins when it has read the season, a child needs time to write, also on a busy machine.
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(60);

    // The longest that a child may take to start and to read the season, until it reports its first step.
    private static readonly TimeSpan _longestStart = TimeSpan.FromMinutes(5);

    private readonly SolverProgram _program;
    private readonly TimeProvider _time;
    private readonly ILogger<SolverProcess> _log;
    private readonly ConcurrencyLimiter _turns;

    /// <summary>Makes the runner of a program.</summary>
    public SolverProcess(SolverProgram program, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, ILogger<SolverProcess> log)
    {
        (_program, _time, _log) = (program, time, log);
        _turns = new(new() { PermitLimit = program.AtOnce, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
    }

    /// <summary>Runs a job when it is its turn. <paramref name="progress"/> gets each step that the child reports, in the context of the caller.</summary>
    public async Task<SolverOutcome> Run(SolverJob job, Action<SolveProgress> progress, CancellationToken cancellation)
    {
        using var turn = await _turns.AcquireAsync(1, cancellation);
        using var folder = SolverFolder.Make();
        await InstanceFiles.Write(job.Instance, folder.File("instance.json"), cancellation);
        foreach (var (name, content) in job.Files)
            await File.WriteAllBytesAsync(folder.File(name), content, cancellation);
        using var process = TryStart(job, folder.Path);
        if (process is null)
            return new SolverOutcome.Failed(new(PlanCause.NotStarted));
        var errors = SolverMessages.Read(process.StandardError);
        bool isInTime;
        try
        {
            isInTime = await IsInTime(process, job, progress, cancellation);
        }
        finally
        {
            // The child has ended, and with it the text.
            await errors;
        }

        if (process.ExitCode == 0)
            return await Answer(job, folder, cancellation);
        if (!isInTime)
            return new SolverOutcome.Failed(new(PlanCause.Overdue));
        _log.LogWarning("The solver ended with the exit code {Code}: {Messages}", process.ExitCode, await errors);
        return new SolverOutcome.Failed(SolverMessages.CauseOf(process.ExitCode, await errors));
    }

    /// <inheritdoc />
    public void Dispose() => _turns.Dispose();

    private static async Task<SolverOutcome> Answer(SolverJob job, SolverFolder folder, CancellationToken cancellation)
    {
        var file = await File.ReadAllBytesAsync(folder.File("out.json"), cancellation);
        return job.SecondFile is { } name && folder.File(name) is var second && File.Exists(second)
            ? new SolverOutcome.Done(file) { SecondFile = await File.ReadAllBytesAsync(second, cancellation) }
            : new SolverOutcome.Done(file);
    }

    private Process? TryStart(SolverJob job, string folder)
    {
        var start = new ProcessStartInfo(_program.File)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        string[] words =
        [
            .. _program.Arguments, job.Verb, "instance.json", "--out", "out.json", "--progress", "json", "--background",
            "--memory-limit", Text(_program.MemoryMegabytes), "--threads", Text(_program.Threads), "--seed", Text(job.Seed),
            "--time-limit", Text(job.TimeLimitSeconds), "--limit-after-reading", "--parent", Text(Environment.ProcessId), .. job.Options,
        ];
        foreach (var word in words)
            start.ArgumentList.Add(word);
        foreach (var name in start.Environment.Keys.Where(name => !SolverEnvironment.Keeps(name)).ToList())
            start.Environment.Remove(name);
        // The managed heap leaves a quarter of the limit to OR-Tools and to the threads. The collector then works before an allocation fails.
        start.Environment["DOTNET_GCHeapHardLimit"] = string.Create(CultureInfo.InvariantCulture, $"{((long)_program.MemoryMegabytes << 20) / 4 * 3:X}");
        try
        {
            var process = Process.Start(start);
            process?.StandardInput.Close();
            return process;
        }
        catch (Win32Exception fault)
        {
            _log.LogError(fault, "The solver {Program} could not be started.", _program.File);
            return null;
        }
    }

    /// <summary>
    /// Waits for the end of the child. An overdue child is asked to stop: then it writes the best that it has found. It is killed when it is cancelled, and
    /// when it does not stop. Returns false when the child was overdue.
    /// </summary>
    private async Task<bool> IsInTime(Process process, SolverJob job, Action<SolveProgress> progress, CancellationToken cancellation)
    {
        // The second term: on a machine that starves the child, what the child has found by its limit takes it longer to write.
        var solving = (2 * TimeSpan.FromSeconds(job.TimeLimitSeconds)) + _grace;
        using var kill = new CancellationTokenSource(Timeout.InfiniteTimeSpan, _time);
        using var overdue = new CancellationTokenSource(_longestStart + solving, _time);
        using var asked = overdue.Token.UnsafeRegister(_ => Stop(process, kill), null);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(kill.Token, cancellation);
        CancellationTokenRegistration finish = default;
        try
        {
            var hasBegun = false;
            while (await process.StandardOutput.ReadLineAsync(either.Token) is { } line)
            {
                if (ProgressLine.Read(line) is not { } step)
                    continue;
                if (!hasBegun)
                {
                    overdue.CancelAfter(solving);
                    // Before its first step, a child does not listen yet, and would end without a plan.
                    finish = job.Finish.UnsafeRegister(_ => AskToEnd(process, kill), null);
                }

                hasBegun = true;
                progress(step);
            }

            await process.WaitForExitAsync(either.Token);
            return !overdue.IsCancellationRequested;
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return false;
        }
        finally
        {
            await finish.DisposeAsync();
            // Whatever ended the wait, also a fault of the caller, no child is left behind.
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private void Stop(Process process, CancellationTokenSource kill)
    {
        _log.LogWarning("The solver is overdue. It is asked to stop, and killed after {Seconds} seconds.", _grace.TotalSeconds);
        AskToEnd(process, kill);
    }

    /// <summary>Asks the child to write the best that it has found. A child that does not end is killed.</summary>
    private static void AskToEnd(Process process, CancellationTokenSource kill)
    {
        if (TerminationSignal.TrySend(process))
            kill.CancelAfter(_grace);
        else
            kill.Cancel();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
