using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A file of an import.</summary>
/// <param name="Name">The name.</param>
/// <param name="Bytes">The content.</param>
internal sealed record ImportFile(string Name, byte[] Bytes)
{
    /// <summary>Whether the content is a compressed file, such as a workbook. The name is not believed.</summary>
    public bool IsZip => Bytes is [(byte)'P', (byte)'K', 3, 4, ..];

    /// <summary>The file's table; null with a fault when the file cannot be read.</summary>
    public ImportTable? Table(List<ImportFileFault> faults) =>
        IsZip ? WorkbookTable.Read(Name, Bytes, faults) : CsvTable.Read(Name, Bytes, faults);
}
