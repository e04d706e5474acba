using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>A pool of the demonstration: its entry of the catalogue, its hours on school days, and the seats of an ordinary hour.</summary>
internal sealed record DemoPool(Pool Pool, int FromHour, int ToHour, int Seats);
