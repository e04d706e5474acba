namespace Scheduler.Api;

/// <summary>
/// Names the texts of the pages about plans: <c>Resources/PlanPageTexts.resx</c> in English, <c>Resources/PlanPageTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class PlanPageTexts;
