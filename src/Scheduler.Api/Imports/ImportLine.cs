namespace Scheduler.Api;

/// <summary>A row of a table.</summary>
/// <param name="Number">The number of the row, as a spreadsheet counts: the headings stand in the first.</param>
/// <param name="Cells">The cells.</param>
internal readonly record struct ImportLine(int Number, ImportCell[] Cells);
