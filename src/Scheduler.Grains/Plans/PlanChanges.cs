using System.Collections.Immutable;
using NodaTime;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Makes the changes of plans.</summary>
internal static class PlanChanges
{
    /// <summary>A plan that was made or changed.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="before">The plan before; null for a new one.</param>
    /// <param name="after">The plan after.</param>
    /// <param name="caller">Who asked for the change; null when the run itself ended.</param>
    /// <param name="now">When the change was decided.</param>
    /// <param name="more">More rows that belong to the change.</param>
    public static Change Of(ChangeKind kind, PlanRow? before, PlanRow after, Caller? caller, Instant now, params ImmutableArray<RowWrite> more) => new()
    {
        Record = new()
        {
            At = now,
            Who = caller?.Who.Id ?? after.MadeBy,
            Kind = kind,
            Subject = after.Id.ToString(),
            Before = before is null ? null : new PlanSnapshot(before),
            After = new PlanSnapshot(after),
            Stamp = caller?.Stamp,
        },
        Rows = [new RowWrite.PlanPut(after), .. more],
    };

    /// <summary>The record that a caller told a run to end with the best plan so far.</summary>
    public static Change Finish(PlanRow plan, Caller caller, Instant now) => new()
    {
        Record = new()
        {
            At = now, Who = caller.Who.Id, Kind = ChangeKind.PlanFinished, Subject = plan.Id.ToString(), Before = new PlanSnapshot(plan),
            After = new PlanSnapshot(plan), Stamp = caller.Stamp,
        },
    };
}
