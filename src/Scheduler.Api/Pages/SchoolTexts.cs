namespace Scheduler.Api;

/// <summary>
/// Names the texts of what schools hold, wait for and give up: <c>Resources/SchoolTexts.resx</c> in English, <c>Resources/SchoolTexts.fr-CA.resx</c> in
/// French.
/// </summary>
internal sealed class SchoolTexts;
