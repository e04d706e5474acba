using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Finds the columns of a table by their headings.</summary>
internal static class ImportColumns
{
    /// <summary>
    /// The position of each column that the table has; null with faults for headings that are unknown, given twice or missing. A typing error in a heading must
    /// not pass in silence, so an unknown column is named and the file is refused.
    /// </summary>
    public static Dictionary<string, int>? Find(ImportTable table, IReadOnlyList<ImportColumn> columns, List<ImportFileFault> faults)
    {
        var before = faults.Count;
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        var unknown = new List<string>();
        for (var index = 0; index < table.Headings.Length; index++)
        {
            var heading = table.Headings[index];
            if (heading.Length == 0 && table.Lines.All(line => index >= line.Cells.Length || line.Cells[index].Text.Length == 0))
                continue;
            if (columns.FirstOrDefault(column => column.Is(heading)) is not { } known)
                unknown.Add(heading.Length == 0 ? $"({index + 1})" : heading);
            else if (!found.TryAdd(known.Name, index))
                faults.Add(new(table.File, "twice", heading));
        }

        if (unknown.Count > 0)
            faults.Add(new(table.File, "unknown", string.Join(", ", unknown), string.Join(", ", columns.Select(column => column.Name))));
        var missing = columns.Where(column => column.IsRequired && !found.ContainsKey(column.Name)).Select(column => column.Name).ToList();
        if (missing.Count > 0)
            faults.Add(new(table.File, "missing", string.Join(", ", missing)));
        return faults.Count == before ? found : null;
    }
}
