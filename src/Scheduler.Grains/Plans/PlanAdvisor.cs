using System.Globalization;
using System.Threading.RateLimiting;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>
/// Answers questions about plans and capacity in the solver's process. Reads only: nothing of an answer is kept. Each question reads the season anew, so an
/// answer is about the ledger as it is now; a comparison is about the season that the plan was made for. Questions wait for the same turns as plans, so their
/// number is bounded.
/// </summary>
public sealed class PlanAdvisor(SolverProcess solver, SeatLedger ledger, IClock clock) : IDisposable
{
    private readonly ConcurrencyLimiter _questions = new(new() { PermitLimit = Limits.AdviceAtOnce, QueueLimit = 0 });

    /// <summary>What capacity would help in a scope, from the plan that the solver makes for the scope now.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="curvePoints">The most points of the capacity curve; 0 for the least capacity alone.</param>
    /// <param name="cancellation">Ends the run.</param>
    public async Task<AdviceAnswer> Advise(PlanScope scope, int curvePoints, CancellationToken cancellation)
    {
        using var turn = _questions.AttemptAcquire();
        if (!turn.IsAcquired)
            return new AdviceAnswer.Busy();
        var season = await Read(scope, clock.GetCurrentInstant(), cancellation);
        if (season.IsTooLarge)
            return new AdviceAnswer.Failed(new(PlanCause.TooLarge));
        string[] ask = curvePoints > 0 ? ["--ask", "curve", "--points", curvePoints.ToString(CultureInfo.InvariantCulture)] : ["--ask", "capacity"];
        var outcome = await solver.Run(new("advise", season.Instance, scope.TimeLimitSeconds) { Options = [.. ask] }, _ => { }, cancellation);
        return outcome is SolverOutcome.Done(var file)
            ? new AdviceAnswer.Advised(CapacityAdvice.Of(AdviceFile.Read(file.Span), season.Cut, season, scope))
            : new AdviceAnswer.Failed(((SolverOutcome.Failed)outcome).Cause);
    }

    /// <summary>The requests and the movable bookings that a plan of the scope would decide on now. Runs no solver.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<(int Requests, int Bookings)> Decides(PlanScope scope, CancellationToken cancellation)
    {
        var season = await Read(scope, clock.GetCurrentInstant(), cancellation);
        return (season.Rows.Values.Count(row => row.Booking is null), season.Rows.Values.Count(row => row.Booking is not null && IsMovable(season, row)));
    }

    /// <summary>A plan against today and first come first served, and what each unserved request lacks; null for a plan without a result.</summary>
    public async Task<AdviceAnswer?> Compare(PlanRow plan, CancellationToken cancellation)
    {
        if (await ledger.Read.PlanFile(plan.Id, PlanFileKind.Instance, cancellation) is not { } instanceFile
            || await ledger.Read.PlanFile(plan.Id, PlanFileKind.Plan, cancellation) is not { } planFile
            || await ledger.Read.PlanFile(plan.Id, PlanFileKind.Result, cancellation) is not { } resultFile)
            return null;
        using var turn = _questions.AttemptAcquire();
        if (!turn.IsAcquired)
            return new AdviceAnswer.Busy();
        using var text = new MemoryStream(PlanEntriesText.Expand(instanceFile));
        if (InstanceReader.Read(text, cancellation) is not InstanceReading.Read(var instance))
            return new AdviceAnswer.Failed(new(PlanCause.WrongPlan));
        var job = new SolverJob("advise", instance, plan.Scope.TimeLimitSeconds) { Options = ["--ask", "comparison", "receipts"] }
            .From(PlanEntriesText.Expand(planFile));
        var outcome = await solver.Run(job, _ => { }, cancellation);
        return outcome is SolverOutcome.Done(var file)
            ? new AdviceAnswer.Compared(ComparedPlan.Of(AdviceFile.Read(file.Span), instance, PlanResultText.Read(resultFile)?.Days ?? []))
            : new AdviceAnswer.Failed(((SolverOutcome.Failed)outcome).Cause);
    }

    /// <summary>What a plan would be with other capacities and seasons; null when the plan to start from has no result.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="changes">What is tried.</param>
    /// <param name="start">An earlier plan to start from; null for none.</param>
    /// <param name="cancellation">Ends the run.</param>
    public async Task<AdviceAnswer?> WhatIf(PlanScope scope, WhatIfChanges changes, PlanId? start, CancellationToken cancellation)
    {
        var earlier = start is { } id ? await ledger.Read.PlanFile(id, PlanFileKind.Plan, cancellation) : null;
        if (start is not null && earlier is null)
            return null;
        using var turn = _questions.AttemptAcquire();
        if (!turn.IsAcquired)
            return new AdviceAnswer.Busy();
        var now = clock.GetCurrentInstant();
        var season = await Read(scope, now, cancellation);
        if (season.IsTooLarge)
            return new AdviceAnswer.Failed(new(PlanCause.TooLarge));
        var changed = await BesideGrains.Run(() => PlanInstance.Of(changes.Apply(season.Cut), scope, now), cancellation);
        if (changed.IsTooLarge)
            return new AdviceAnswer.Failed(new(PlanCause.TooLarge));
        return await new WhatIfRuns(solver, season, changed, scope.TimeLimitSeconds, cancellation)
            .Run(earlier is { } packed ? PlanEntriesText.Expand(packed) : default(ReadOnlyMemory<byte>));
    }

    /// <inheritdoc />
    public void Dispose() => _questions.Dispose();

    private static bool IsMovable(PlanInstance season, PlanInstanceRow row) => season.Instance.Requests[row.Index].Current is { Movable: true };

    private async Task<PlanInstance> Read(PlanScope scope, Instant now, CancellationToken cancellation)
    {
        var cut = await ledger.Read.SeasonCut(scope, now, cancellation);
        return await BesideGrains.Run(() => PlanInstance.Of(cut, scope, now), cancellation);
    }
}
