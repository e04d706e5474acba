namespace Scheduler.Domain;

/// <summary>An entry of a plan that is applied, with what it makes and changes: a closed list.</summary>
public abstract record AppliedEntry
{
    private AppliedEntry()
    {
    }

    /// <summary>The entry's place in the list that was decided.</summary>
    public required int Index { get; init; }

    /// <summary>The booking that the entry makes or moves, as it is afterwards.</summary>
    public required Booking Booking { get; init; }

    /// <summary>A request that gets a booking.</summary>
    /// <param name="Before">The request before.</param>
    /// <param name="After">The request afterwards: placed, or still queued when some of its candidates have no booking yet.</param>
    public sealed record Placed(Request Before, Request After) : AppliedEntry;

    /// <summary>A booking that gets another start.</summary>
    /// <param name="Before">The booking before.</param>
    public sealed record Moved(Booking Before) : AppliedEntry;
}
