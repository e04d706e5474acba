using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The sentences for what stands in the way of a request that waits already. A problem document tells what to send next and has figures; a queue has
/// neither.
/// </summary>
internal static class WaitingTexts
{
    /// <summary>The sentences of a refusal.</summary>
    public static ProblemText Of(Refusal refusal, DateTimeZone zone)
    {
        var text = ProblemTexts.Of(refusal, zone);
        return refusal switch
        {
            Refusal.NotReady r => text with { Detail = $"These steps are open: {string.Join(", ", r.Open)}. The request waits until they are complete." },
            Refusal.Closed => text with { Detail = "At least one hour of the block has no capacity. The request waits for hours that open." },
            Refusal.SlotFull { ExceedsPool: false } => text with
            {
                Detail = "At least one hour of the block has too few free seats. The request waits for seats.",
            },
            Refusal.FairShareExceeded r => text with
            {
                Detail = $"The institution has {r.SeatsHeld} of the {Counted.Of(r.SeatsAllowed, "seat")} that it may book in an hour of the block.",
            },
            Refusal.Collecting r => text with { Detail = $"Booking opens at {ProblemTexts.Local(r.OpensAt, zone)}. The request waits until then." },
            _ => text,
        };
    }
}
