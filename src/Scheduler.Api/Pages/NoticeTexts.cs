namespace Scheduler.Api;

/// <summary>
/// Names the texts of what pages tell while they are open, such as the end of the sign-in: <c>Resources/NoticeTexts.resx</c> in English,
/// <c>Resources/NoticeTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class NoticeTexts;
