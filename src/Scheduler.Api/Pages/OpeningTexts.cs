namespace Scheduler.Api;

/// <summary>
/// Names the texts about the lots of an opening: <c>Resources/OpeningTexts.resx</c> in English, <c>Resources/OpeningTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class OpeningTexts;
