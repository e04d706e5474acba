namespace Scheduler.Ledger;

/// <summary>
/// A change with the texts of its row. The caller's thread makes the texts, because the committer's thread limits the throughput. The committer makes only the
/// text of a forced capacity's snapshot again, after the shortfalls are known.
/// </summary>
internal sealed record PreparedChange
{
    private PreparedChange(Change change) => Change = change;

    public Change Change { get; }

    public ChangeRecord Record => Change.Record;

    /// <summary>The snapshot before the change, as text.</summary>
    public string? Before { get; private init; }

    /// <summary>The snapshot after the change, as text, without the shortfalls of a forced capacity.</summary>
    public string? After { get; private init; }

    /// <summary>See <see cref="Ledger.Touched"/>.</summary>
    public required string Touched { get; init; }

    /// <summary>Whether an operator overrode a rule or forced a capacity.</summary>
    public bool IsForced { get; private init; }

    /// <summary>Whether the change is an entry of a plan, or the application itself.</summary>
    public bool IsOfPlan { get; init; }

    public static PreparedChange Of(Change change) =>
        new(change)
        {
            Before = TextOf(change.Record.Before), After = TextOf(change.Record.After), Touched = Ledger.Touched.Of(change), IsForced = Forced.Is(change),
        };

    private static string? TextOf(Snapshot? snapshot) => snapshot is null ? null : SnapshotText.Write(snapshot);
}
