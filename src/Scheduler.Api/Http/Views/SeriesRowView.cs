using System.ComponentModel;
using System.Text.Json;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What became of a row of a series.</summary>
internal sealed record SeriesRowView
{
    [Description("booked, queued (the row waits for its block), refused, or left_out (all were to be booked together, and another row was refused).")]
    public required string Outcome { get; init; }

    [Description("The booking that the row made; null for another outcome.")]
    public required BookingView? Booking { get; init; }

    [Description("The request by which the row waits; null for another outcome.")]
    public required Guid? Request { get; init; }

    [Description("For a row that was refused: the problem document that a call with this row alone would get. Null for another outcome.")]
    public required JsonElement? Problem { get; init; }

    /// <summary>The view of a result.</summary>
    public static SeriesRowView Of(SeriesResult result, Catalogue catalogue, DateTimeZone zone) => new()
    {
        Outcome = result.Outcome switch
        {
            SeriesOutcome.Booked => "booked",
            SeriesOutcome.Queued => "queued",
            SeriesOutcome.LeftOut => "left_out",
            _ => "refused",
        },
        Booking = result.Made is { } made ? BookingView.Of(made, catalogue) : null,
        Request = result.Joined?.Value,
        Problem = result.Outcome == SeriesOutcome.Refused ? Document(ProblemOf(result, zone)) : null,
    };

    private static ApiProblem ProblemOf(SeriesResult result, DateTimeZone zone) => result switch
    {
        { Why: { } why } => ApiProblem.Of(why, zone),
        { Fault: "busy" } => ApiProblem.Busy(),
        { Fault: "unavailable" } => ApiProblem.Unavailable(),
        { Fault: "outcome_unknown" } => ApiProblem.OutcomeUnknown(),
        _ => ApiProblem.NotFound(),
    };

    private static JsonElement Document(ApiProblem problem)
    {
        using var document = JsonDocument.Parse(ProblemWriter.Text(problem).WrittenMemory);
        return document.RootElement.Clone();
    }
}
