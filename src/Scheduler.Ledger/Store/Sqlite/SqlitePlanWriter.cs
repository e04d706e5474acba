using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Writes plans, their files and their reasons, refused sittings, and private rows.</summary>
internal sealed class SqlitePlanWriter : IDisposable
{
    private readonly SqliteStatement _plan, _pool, _noPools, _file, _noFiles, _reason, _noReason, _refused, _oldRefused, _private;

    public SqlitePlanWriter(SqliteConnection connection)
    {
        _plan = new(connection, PlanStatements.Put, 13);
        _pool = new(connection, "insert into plan_pools (pool, plan) values ($1, $2) on conflict do nothing", 2);
        _noPools = new(connection, "delete from plan_pools where plan = $1", 1);
        _file = new(connection, PlanStatements.File, 3);
        _noFiles = new(connection, PlanStatements.RemoveFiles, 1);
        _reason = new(
            connection,
            """
            insert into plan_reasons (request, plan, at, reason, blocked) values ($1, $2, $3, $4, $5)
            on conflict (request) do update set plan = excluded.plan, at = excluded.at, reason = excluded.reason, blocked = excluded.blocked
            """, 5);
        _noReason = new(connection, "delete from plan_reasons where request = $1", 1);
        _refused = new(connection, RefusedStatements.Put, 8);
        _oldRefused = new(connection, RefusedStatements.Remove, 2);
        _private = new(connection, PrivateStatements.Put, 4);
    }

    public void Write(List<RowWrite> rows)
    {
        foreach (var row in rows)
        {
            switch (row)
            {
                case RowWrite.PlanPut { Plan: var plan }:
                    Write(plan);
                    break;
                case RowWrite.PlanFile file:
                    _file.Execute(file.Plan.ToString(), RowText.Of(file.Kind), ImmutableCollectionsMarshal.AsArray(file.Body));
                    break;
                case RowWrite.PlanFilesRemoved { Plan: var plan }:
                    _noFiles.Execute(plan.ToString());
                    break;
                case RowWrite.PlanReasons reasons:
                    Write(reasons);
                    break;
                case RowWrite.SittingsRefused refused:
                    _oldRefused.Execute(refused.Pool.Text, SlotMinutesUp.Of(refused.Kept));
                    foreach (var sitting in refused.Sittings)
                        _refused.Execute(RefusedStatements.Values(sitting));
                    break;
                default:
                    throw new UnreachableException();
            }
        }
    }

    public void Write(List<PrivateRow> rows)
    {
        foreach (var row in rows)
            _private.Execute(PrivateStatements.Values(row));
    }

    public void Dispose()
    {
        _private.Dispose();
        _plan.Dispose();
        _pool.Dispose();
        _noPools.Dispose();
        _file.Dispose();
        _noFiles.Dispose();
        _reason.Dispose();
        _noReason.Dispose();
        _refused.Dispose();
        _oldRefused.Dispose();
    }

    private void Write(PlanRow plan)
    {
        _plan.Execute(PlanStatements.Values(plan));
        if (plan.Status != PlanStatus.Running)
        {
            _noPools.Execute(plan.Id.ToString());
            return;
        }

        foreach (var pool in plan.Scope.Pools)
            _pool.Execute(pool.Text, plan.Id.ToString());
    }

    private void Write(RowWrite.PlanReasons reasons)
    {
        foreach (var request in reasons.Served)
            _noReason.Execute(request.ToString());
        foreach (var one in reasons.Reasons)
            _reason.Execute(one.Request.ToString(), one.Plan.ToString(), RowText.Ticks(one.At), one.Reason, PlanReceiptForms.Write(one));
    }
}
