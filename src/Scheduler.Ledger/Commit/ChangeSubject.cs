namespace Scheduler.Ledger;

/// <summary>The subject of a change: its kind, and its id as the ledger stores the id. The text is <c>kind/id</c>.</summary>
public readonly record struct ChangeSubject(SubjectKind Kind, string Id)
{
    /// <inheritdoc />
    public override string ToString() => $"{SubjectKinds.Word(Kind)}/{Id}";
}
