namespace Scheduler.Api;

/// <summary>
/// Names the texts of the pages for operators: <c>Resources/OperatorTexts.resx</c> in English, <c>Resources/OperatorTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class OperatorTexts;
