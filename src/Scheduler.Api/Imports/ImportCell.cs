namespace Scheduler.Api;

/// <summary>A cell of a table: its text without white space around it, and whether a formula stands there.</summary>
internal readonly record struct ImportCell(string Text, bool IsFormula = false);
