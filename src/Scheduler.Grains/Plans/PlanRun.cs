using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;
using Scheduler.Solver;
using PlanReading = Scheduler.Solver.PlanReading;

namespace Scheduler.Grains;

/// <summary>
/// The steps of a run: read the season → solve in a child process → check → write the end of the run. The end is written under the version that the run began
/// with. When the plan has another version by then, because it was cancelled or counted as failed, the plan stays as it is.
/// </summary>
internal sealed class PlanRun(
    SolverProcess solver, SeatLedger ledger, IClock clock, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, ILogger<PlanRun> log)
{
    private const int MostAttempts = 60;
    private const string Receipts = "receipts.json";
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>The longest that a run takes beside its time limit: waiting for a turn, reading, checking, writing.</summary>
    public static TimeSpan LongestBeside { get; } = TimeSpan.FromHours(1);

    /// <summary>Runs a plan to its end. Returns the plan as it is in the ledger then.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Gets each step that the solver reports.</param>
    /// <param name="finish">Ends the search early, with the best plan so far.</param>
    /// <param name="stop">Ends the run without a plan.</param>
    /// <exception cref="LedgerUnreachableException">The ledger could not be reached for too long, so the end of the run is not written.</exception>
    public async Task<PlanRow> Run(PlanRow plan, Action<SolveProgress> progress, CancellationToken finish, CancellationToken stop)
    {
        try
        {
            var now = clock.GetCurrentInstant();
            var cut = await ledger.Read.SeasonCut(plan.Scope, now, stop);
            // The steps that only compute take long in a large season, and must not hold up the grains of this silo.
            var season = await BesideGrains.Run(() => PlanInstance.Of(cut, plan.Scope, now), stop);
            if (season.IsTooLarge)
                return await Fail(plan, new(PlanCause.TooLarge));
            var seed = await Seed(plan.Scope, stop);
            var job = new SolverJob("solve", season.Instance, plan.Scope.TimeLimitSeconds)
            {
                Seed = seed is null ? SolverJob.UsualSeed : OpeningSeed.Solver(seed),
                Options = ["--receipts", Receipts], SecondFile = Receipts, Finish = finish,
            };
            var outcome = await solver.Run(job, progress, stop);
            if (outcome is not SolverOutcome.Done { File: var file } done)
                return await Fail(plan, ((SolverOutcome.Failed)outcome).Cause, await InstanceFiles.Compressed(season.Instance));
            if (await BesideGrains.Run(() => SolvedPlan.Read(file), stop) is not PlanReading.Read(var solved))
                return await Fail(plan, new(PlanCause.WrongPlan), await InstanceFiles.Compressed(season.Instance));
            var lots = seed is null ? null : await BesideGrains.Run(() => OpeningLots.Of(season, solved, seed), stop);
            solved = lots?.Plan ?? solved;
            return await BesideGrains.Run(() => PlanChecker.Faults(season.Instance, solved), stop) is [var fault, ..]
                ? await Fail(plan, new(PlanCause.WrongPlan, fault), await InstanceFiles.Compressed(season.Instance))
                : await Ready(plan, season, solved, done, now, lots);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return await Fail(plan, new(PlanCause.ProcessEnded));
        }
        catch (LedgerUnreachableException away)
        {
            log.LogWarning(away, "The run of plan {Plan} ended, because the ledger could not be reached.", plan.Id);
            return await Fail(plan, new(PlanCause.LedgerUnreachable));
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Plan {Plan} failed by a fault.", plan.Id);
            return await Fail(plan, new(PlanCause.Internal));
        }
    }

    /// <summary>Writes that a run ended without a result. Returns the plan as it is in the ledger then.</summary>
    public Task<PlanRow> Fail(PlanRow plan, PlanCause cause, ImmutableArray<byte>? instance = null) => Write(
        plan, plan with { Status = PlanStatus.Failed, Cause = cause.ToString() },
        instance is { } file ? [new RowWrite.PlanFile(plan.Id, PlanFileKind.Instance, file)] : []);

    /// <summary>The seed of the scope's opening; null for a plan without lots.</summary>
    private async Task<string?> Seed(PlanScope scope, CancellationToken stop)
    {
        if (scope.Opening is not { SeedHash: var hash })
            return null;
        return (await ledger.Read.PrivateRow(PrivateKind.OpeningSeed, hash, stop))?.Body
            ?? throw new InvalidOperationException("The ledger has no seed for the opening of a plan.");
    }

    private async Task<PlanRow> Ready(PlanRow plan, PlanInstance season, Plan solved, SolverOutcome.Done done, Instant cutAt, OpeningLots? lots)
    {
        var rows = await BesideGrains.Run(() => Rows(plan, season, solved, done, cutAt, lots), CancellationToken.None);
        var instance = new RowWrite.PlanFile(plan.Id, PlanFileKind.Instance, await InstanceFiles.Compressed(season.Instance));
        return await Write(plan, plan with { Status = PlanStatus.Ready }, [instance, .. rows]);
    }

    private static async Task<ImmutableArray<RowWrite>> Rows(
        PlanRow plan, PlanInstance season, Plan solved, SolverOutcome.Done done, Instant cutAt, OpeningLots? lots)
    {
        var receipts = done.SecondFile is { } second ? AdviceFile.Read(second.Span) : null;
        var all = lots is null ? receipts?.Receipts : lots.Receipts(receipts?.Receipts);
        var result = PlanResults.Of(season, solved, all) with { AreReceiptsCutShort = receipts?.StopReason != StopReason.Converged };
        var file = lots is null ? done.File : await lots.File(done.File);
        return
        [
            .. lots is null ? Array.Empty<RowWrite>() : [new RowWrite.PlanFile(plan.Id, PlanFileKind.Lots, LotsText.Write(lots.Order))],
            new RowWrite.PlanFile(plan.Id, PlanFileKind.Plan, PlanEntriesText.Compress(file.Span)),
            new RowWrite.PlanFile(plan.Id, PlanFileKind.Entries, PlanEntriesText.Write(PlanEntries.Of(season, solved))),
            new RowWrite.PlanFile(plan.Id, PlanFileKind.Result, PlanResultText.Write(result)),
            PlanResults.Reasons(plan.Id, cutAt, season, result),
        ];
    }

    private async Task<PlanRow> Write(PlanRow plan, PlanRow ended, ImmutableArray<RowWrite> rows)
    {
        var now = clock.GetCurrentInstant();
        var after = ended with { EndedAt = now, Version = plan.Version + 1 };
        var change = PlanChanges.Of(ChangeKind.PlanEnded, plan, after, null, now, rows);
        for (var attempt = 1; attempt <= MostAttempts; attempt++)
        {
            var outcome = await ledger.Commit(change, CancellationToken.None);
            if (outcome is CommitOutcome.Committed)
                return after;
            var isKnown = outcome is not (CommitOutcome.Busy or CommitOutcome.Unavailable)
                && (outcome is not CommitOutcome.Unknown || await ledger.Resolve(change, CancellationToken.None));
            if (isKnown && await ledger.Read.Plan(plan.Id, CancellationToken.None) is { } present && present.Version != plan.Version)
                return present;
            log.LogWarning("The end of plan {Plan} could not be written: {Outcome}", plan.Id, outcome);
            await Task.Delay(_pause, time);
        }

        throw new LedgerUnreachableException("The end of a plan's run could not be written.", null);
    }
}
