namespace Scheduler.Api;

/// <summary>The exact counts of what a change touches.</summary>
internal sealed record TouchesTotalView
{
    public required int Bookings { get; init; }

    public required int Holds { get; init; }

    public required int Requests { get; init; }
}
