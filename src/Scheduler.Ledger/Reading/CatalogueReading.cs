using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Reads the catalogue. A later version may have written a kind or a form that this version does not know: the row stays in the database, and this process
/// skips the entry and logs each such entry once.
/// </summary>
internal sealed class CatalogueReading(ILogger log)
{
    private readonly ConcurrentDictionary<(string Kind, string Id, int Version), bool> _logged = new();

    public Catalogue Read(ReadSession session)
    {
        var catalogue = Catalogue.Empty;
        var rows = session.Query(
            "select kind, id, version, body from catalogue order by kind, id", row => (row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetString(3)));
        foreach (var (kind, id, version, body) in rows)
        {
            if (CatalogueText.TryRead(body) is { } entry)
                catalogue = catalogue.With(entry, version);
            else if (_logged.TryAdd((kind, id, version), true))
                log.LogWarning("This version cannot read the catalogue's {Kind} '{Id}'; the entry stays in the database and is skipped", kind, id);
        }

        return catalogue;
    }
}
