using System.Diagnostics;
using System.Runtime.InteropServices;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Statements that write plans, their files and their reasons, and refused sittings. <see cref="PostgresView"/> has taken the lock that orders them.
/// </summary>
internal static class PostgresPlanWriter
{
    public static void Add(RoundTrip trip, RowWrite row)
    {
        switch (row)
        {
            case RowWrite.PlanPut { Plan: var plan }:
                Add(trip, plan);
                break;
            case RowWrite.PlanFile file:
                trip.Add(PlanStatements.File, file.Plan.ToString(), RowText.Of(file.Kind), ImmutableCollectionsMarshal.AsArray(file.Body)!);
                break;
            case RowWrite.PlanFilesRemoved { Plan: var plan }:
                trip.Add(PlanStatements.RemoveFiles, plan.ToString());
                break;
            case RowWrite.PlanReasons reasons:
                Add(trip, reasons);
                break;
            case RowWrite.SittingsRefused refused:
                trip.Add(RefusedStatements.Remove, refused.Pool.Text, (int)SlotMinutesUp.Of(refused.Kept));
                // In one order, so that two processes that write the same rows wait for each other and do not lock each other out.
                foreach (var sitting in refused.Sittings.OrderBy(KeyOf, StringComparer.Ordinal))
                    trip.Add(RefusedStatements.Put, RefusedStatements.Values(sitting));
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static string KeyOf(RefusedSitting sitting) => $"{sitting.Institution.Text}/{sitting.Exam.Text}/{RowText.Date(sitting.Day)}";

    private static void Add(RoundTrip trip, PlanRow plan)
    {
        trip.Add(PlanStatements.Put, [.. PlanStatements.Values(plan).Select(value => value ?? DBNull.Value)]);
        if (plan.Status != PlanStatus.Running)
        {
            trip.Add("delete from plan_pools where plan = $1", plan.Id.ToString());
            return;
        }

        trip.Add(
            "insert into plan_pools (pool, plan) select pool, $2 from unnest($1::text[]) n(pool) on conflict do nothing",
            plan.Scope.Pools.Select(pool => pool.Text).ToArray(), plan.Id.ToString());
    }

    private static void Add(RoundTrip trip, RowWrite.PlanReasons reasons)
    {
        trip.Add("delete from plan_reasons where request = any($1::text[])", (object)reasons.Served.Select(request => request.ToString()).ToArray());
        var rows = reasons.Reasons;
        trip.Add(
            """
            insert into plan_reasons (request, plan, at, reason, blocked)
            select * from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[])
            on conflict (request) do update set plan = excluded.plan, at = excluded.at, reason = excluded.reason, blocked = excluded.blocked
            """,
            rows.Select(one => one.Request.ToString()).ToArray(), rows.Select(one => one.Plan.ToString()).ToArray(),
            rows.Select(one => RowText.Ticks(one.At)).ToArray(), rows.Select(one => one.Reason).ToArray(),
            rows.Select(PlanReceiptForms.Write).ToArray());
    }
}
