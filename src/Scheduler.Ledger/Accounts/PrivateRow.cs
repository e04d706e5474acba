namespace Scheduler.Ledger;

/// <summary>
/// A row of which no record, no feed and no answer shows the body. The record of a change names the subject, and says of it only what everybody may read who
/// may read the record.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">The id, unique within the kind.</param>
/// <param name="Version">1 when the row is made, one more with every change.</param>
/// <param name="Body">The content.</param>
public sealed record PrivateRow(PrivateKind Kind, string Id, int Version, string Body);
