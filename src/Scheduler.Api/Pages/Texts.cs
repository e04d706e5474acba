namespace Scheduler.Api;

/// <summary>Names the texts of the frame: <c>Resources/Texts.resx</c> in English, <c>Resources/Texts.fr-CA.resx</c> in French.</summary>
internal sealed class Texts;
