using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What became of a row of a series.</summary>
/// <param name="Row">The row.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Why">The refusal; null without one.</param>
/// <param name="Booking">The booking that was made.</param>
/// <param name="Fault">The code of an answer that is no refusal of a rule, such as <c>busy</c>.</param>
internal sealed record SeriesResult(SeriesRow Row, SeriesOutcome Outcome, Refusal? Why = null, BookingId? Booking = null, string? Fault = null);
