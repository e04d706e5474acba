namespace Scheduler.Api;

/// <summary>
/// Names more texts of the day sheet: <c>Resources/SheetTexts.resx</c> in English, <c>Resources/SheetTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class SheetTexts;
