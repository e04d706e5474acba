using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What became of a row of a series.</summary>
/// <param name="Row">The row.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Why">The refusal; null without one.</param>
/// <param name="Made">The booking that was made.</param>
/// <param name="Fault">The code of an answer that is no refusal of a rule, such as <c>busy</c>.</param>
/// <param name="Joined">The request by which the row waits.</param>
internal sealed record SeriesResult(
    SeriesRow Row, SeriesOutcome Outcome, Refusal? Why = null, BookingSnapshot? Made = null, string? Fault = null, RequestId? Joined = null)
{
    /// <summary>The booking that was made.</summary>
    public BookingId? Booking => Made?.Booking.Id;
}
