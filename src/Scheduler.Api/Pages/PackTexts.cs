namespace Scheduler.Api;

/// <summary>
/// Names the texts about where a pack's vouchers are: <c>Resources/PackTexts.resx</c> in English, <c>Resources/PackTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class PackTexts;
