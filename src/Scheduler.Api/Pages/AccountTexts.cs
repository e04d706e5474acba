namespace Scheduler.Api;

/// <summary>
/// Names the texts of the pages about signing in, people and what signs a person in: <c>Resources/AccountTexts.resx</c> in English,
/// <c>Resources/AccountTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class AccountTexts;
