namespace Scheduler.Api;

/// <summary>
/// Names the texts of the pages about imports: <c>Resources/ImportPageTexts.resx</c> in English, <c>Resources/ImportPageTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class ImportPageTexts;
