namespace Scheduler.Api;

/// <summary>
/// Names the sentences about a new person's passkey that made no account: <c>Resources/PasskeyTexts.resx</c> in English,
/// <c>Resources/PasskeyTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class PasskeyTexts;
