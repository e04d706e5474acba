namespace Scheduler.Api;

/// <summary>
/// Names the heads of tables that a reader saves: <c>Resources/ExportTexts.resx</c> in English, <c>Resources/ExportTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class ExportTexts;
