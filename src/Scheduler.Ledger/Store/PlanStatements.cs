namespace Scheduler.Ledger;

/// <summary>Statements about plans that are the same for both databases.</summary>
internal static class PlanStatements
{
    public const string Columns = "id, status, scope, made_by, made_at, ended_at, cause, parts, parts_applied, applied, stale, version, decided";

    public const string File =
        "insert into plan_files (plan, kind, body) values ($1, $2, $3) on conflict (plan, kind) do update set body = excluded.body";

    public const string RemoveFiles = "delete from plan_files where plan = $1 and kind <> 'lots'";

    public const string Put =
        $"""
        insert into plans ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
        on conflict (id) do update set status = excluded.status, scope = excluded.scope, made_by = excluded.made_by, made_at = excluded.made_at,
            ended_at = excluded.ended_at, cause = excluded.cause, parts = excluded.parts, parts_applied = excluded.parts_applied,
            applied = excluded.applied, stale = excluded.stale, version = excluded.version, decided = excluded.decided
        """;

    /// <summary>The values of <see cref="Put"/>.</summary>
    public static object?[] Values(PlanRow plan) =>
    [
        plan.Id.ToString(), RowText.Of(plan.Status), PlanForms.Write(plan.Scope), plan.MadeBy, RowText.Ticks(plan.MadeAt),
        plan.EndedAt is { } ended ? RowText.Ticks(ended) : null, plan.Cause, plan.Parts, plan.PartsApplied, plan.Applied, PlanForms.Write(plan.Stale),
        plan.Version, plan.Decided,
    ];
}
