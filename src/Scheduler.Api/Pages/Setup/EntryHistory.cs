using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>How a thing of the operator came to be as it is: its last changes, the newest first (R15).</summary>
public sealed record EntryHistory(IReadOnlyList<AuditRow> Rows)
{
    private const int Most = 200;

    /// <summary>No change.</summary>
    public static EntryHistory None { get; } = new([]);

    /// <summary>The last change; null for none.</summary>
    public AuditRow? Newest => Rows.Count > 0 ? Rows[0] : null;

    /// <summary>The thing before the last change; null when the last change made it.</summary>
    public CatalogueEntry? Before => EntryOf(Newest?.Before);

    /// <summary>Reads the last changes of a thing.</summary>
    internal static async Task<EntryHistory> Read(PageContext page, CatalogueEntry entry, int most = Most) =>
        new(await page.Api.Ledger.Read.Changes(entry, most, page.Http.RequestAborted));

    /// <summary>The last change of one setting; null when it is as it was made, or when the change is older than what was read.</summary>
    /// <param name="value">The setting's value.</param>
    public AuditRow? LastOf(Func<CatalogueEntry, object?> value) => Rows.FirstOrDefault(row =>
        EntryOf(row.Before) is { } before && EntryOf(row.After) is { } after && !Equals(value(before), value(after)));

    private static CatalogueEntry? EntryOf(Snapshot? snapshot) => (snapshot as EntrySnapshot)?.Entry;
}
