namespace Scheduler.Api;

/// <summary>What a plan may move: nothing, or the bookings that a plan placed.</summary>
internal enum Movable
{
    None,
    Flexible,
}
