namespace Scheduler.Api;

/// <summary>
/// Names the texts of the pages for availability, booking and the queue: <c>Resources/BookingTexts.resx</c> in English,
/// <c>Resources/BookingTexts.fr-CA.resx</c> in French.
/// </summary>
internal sealed class BookingTexts;
