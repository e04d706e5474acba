namespace Scheduler.Api;

/// <summary>
/// Names the texts of the pages where operators set things up: <c>Resources/SetupTexts.resx</c> in English, <c>Resources/SetupTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class SetupTexts;
