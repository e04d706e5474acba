namespace Scheduler.Api;

/// <summary>A whole local hour, 0 to 24, written as <c>08:00</c>.</summary>
internal readonly record struct WholeHour(int Hour);
