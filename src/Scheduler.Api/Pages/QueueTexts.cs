namespace Scheduler.Api;

/// <summary>
/// Names the texts of the details of an entry of the queue: <c>Resources/QueueTexts.resx</c> in English, <c>Resources/QueueTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class QueueTexts;
